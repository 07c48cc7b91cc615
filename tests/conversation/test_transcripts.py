"""Golden conversations: each file in `transcripts/` is one scenario that a clinician can read.

The wording may be polished freely: held are the facts read, what is open, verdicts, and a few key phrases.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.processes import Servers
from tests.conversation.chat import Chat, Reply
from tests.conversation.conftest import servers_in, started
from tests.conversation.coordinator import same_facts

pytestmark = pytest.mark.server

FOLDER = Path(__file__).parent / "transcripts"
SCENARIOS = {path.stem: path for path in sorted(FOLDER.glob("*.yml"))}
HEAD = {"title", "about", "turns", "protocol"}
PROTOCOLS = Path(__file__).parent / "protocols"
LONGEST = 60
"""Lines of a transcript: one scenario, short enough to be read in review."""


def load(path: Path) -> Mapping[str, Any]:
    """A scenario, with unknown keys refused: a misspelt expectation would never be held."""
    text = path.read_text("utf-8")
    scenario: Mapping[str, Any] = yaml.safe_load(text)
    assert len(text.splitlines()) <= LONGEST, f"{path.name} is longer than {LONGEST} lines"
    assert set(scenario) <= HEAD, f"{path.name}: unknown {set(scenario) - HEAD}"
    for turn in scenario["turns"]:
        unknown = set(turn) - set(CHECKS) - {"you", "long"}
        assert not unknown, f"{path.name}: unknown {unknown}"
    return scenario


def play(chat: Chat, scenario: Mapping[str, Any]) -> None:
    """Say every line and hold each reply to what stands beside it."""
    for turn in scenario["turns"]:
        text = str(turn["you"]) * int(turn.get("long", 1))
        reply = chat.say(text)
        for key, check in CHECKS.items():
            if key in turn:
                problem = check(reply, turn[key])
                assert not problem, f"after {text[:80]!r}: {problem}\n\n{chat.transcript}"


def _open(reply: Reply, wanted: str | None) -> str:
    question = reply.question
    got = None if question is None else question["fact"] or question["kind"]
    return "" if got == wanted else f"open is {got}, should be {wanted}"


def _kind(reply: Reply, wanted: str) -> str:
    got = reply.question["kind"] if reply.question is not None else None
    return "" if got == wanted else f"the open question is of kind {got}, should be {wanted}"


def _says(reply: Reply, phrases: list[str]) -> str:
    missing = [p for p in phrases if str(p).casefold() not in reply.text.casefold()]
    return f"not said: {missing}" if missing else ""


def _never(reply: Reply, phrases: list[str]) -> str:
    found = [p for p in phrases if str(p).casefold() in reply.text.casefold()]
    return f"said: {found}" if found else ""


def _facts(reply: Reply, wanted: Mapping[str, Any]) -> str:
    read: dict[str, Any] = {}
    for payload in reply.payloads:
        if payload["type"] == "read_back":
            read.update(payload["facts"])
    return "" if same_facts(wanted, read) else f"read {read}, should be {dict(wanted)}"


def _shows(reply: Reply, wanted: Mapping[str, Any]) -> str:
    fits = any(_within(wanted, payload) for payload in reply.payloads)
    return "" if fits else f"no payload with {dict(wanted)} in {json.dumps(reply.payloads)[:2000]}"


def _within(wanted: Any, got: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(k in got and _within(v, got[k]) for k, v in wanted.items())
    return bool(wanted == got)


def _decision(reply: Reply, wanted: str) -> str:
    got = reply.result["decision"] if reply.result is not None else None
    return "" if got == wanted else f"decision is {got}, should be {wanted}"


def _status(reply: Reply, wanted: Mapping[str, str]) -> str:
    shown = {c["id"]: c["status"] for c in (reply.result or {"criteria": []})["criteria"]}
    wrong = {k: shown.get(k) for k, v in wanted.items() if shown.get(k) != v}
    return f"statuses are {wrong}, should be {dict(wanted)}" if wrong else ""


def _holds(reply: Reply, wanted: Mapping[str, Any]) -> str:
    facts = reply.result["facts"] if reply.result is not None else {}
    got = {k: facts.get(k) for k in wanted}
    return "" if same_facts(wanted, got) else f"facts are {facts}, should hold {wanted}"


def _lacks(reply: Reply, unwanted: list[str]) -> str:
    if reply.result is None:
        return "no result"
    found = [k for k in unwanted if k in reply.result["facts"]]
    return f"still held: {found}" if found else ""


CHECKS: Mapping[str, Callable[[Reply, Any], str]] = {
    "open": _open,
    "kind": _kind,
    "says": _says,
    "never": _never,
    "facts": _facts,
    "shows": _shows,
    "decision": _decision,
    "status": _status,
    "holds": _holds,
    "lacks": _lacks,
}
"""What may stand beside a line.

open: the fact asked for after the reply, `offer`, or null. kind: ask, clarify, choose, offer. says, never:
key phrases in any case. facts: exactly what was read from the message. shows: a part of one payload.
decision, status, holds, lacks: of the result. (`long` repeats the line so many times.)
"""


@pytest.mark.parametrize("name", [n for n, p in SCENARIOS.items() if "protocol" not in load(p)])
def test_transcript(servers: Servers, name: str) -> None:
    chat = Chat(servers, f"{name}-{uuid.uuid4().hex}")
    play(chat, load(SCENARIOS[name]))


@pytest.fixture(scope="module")
def second_protocol(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Servers that screen for the small protocol of the tests: a file was added, no code changed."""
    scenario = load(SCENARIOS["second_protocol"])
    told = {"CANDID_PROTOCOL": str(scenario["protocol"]), "CANDID_PROTOCOLS": str(PROTOCOLS)}
    running = servers_in(tmp_path_factory.mktemp("second"), told)
    try:
        yield started(running)
    finally:
        running.stop()


def test_a_second_protocol_is_screened_without_a_change_of_code(second_protocol: Servers) -> None:
    chat = Chat(second_protocol, f"second-{uuid.uuid4().hex}")
    play(chat, load(SCENARIOS["second_protocol"]))
