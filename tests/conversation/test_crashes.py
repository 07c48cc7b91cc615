"""Killing Rasa, and the action server, at every turn of an interview: nothing that was answered is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress

import pytest
import yaml

from bot.processes import ROOT, Servers
from tests.conversation.chat import Chat, Reply
from tests.conversation.conftest import servers_in, started

pytestmark = pytest.mark.server

NOTE = (
    "new candidate: 46M, WHO III NPC, T3N2M1b, de novo metastatic, bone mets on PET-CT, "
    "6 cycles of gemcitabine + cisplatin with toripalimab, PR, ECOG 1"
)
"""A short interview: what is left to ask takes about eight turns."""
ANSWERS = {
    # Buttons and plain values: this is about crashes, not about reading.
    "icf_signed": ("Signed", True),
    "willing": ("Willing", True),
    "able": ("Able", True),
    "therapy_adequate": ("Judged adequate", True),
    "metastatic_lesion_count": ("5 lesions", 5),
    "confirmation": ("Histology", "histology"),
    "partner_childbearing_potential": ("Could become pregnant", True),
    "contraception_agreed": ("Agreed", True),
}
OPENING = {
    "age_years": 46,
    "sex": "male",
    "histology": "nonkeratinizing_undifferentiated",
    "primary_site": "nasopharynx",
    "t_category": "T3",
    "n_category": "N2",
    "m_category": "M1b",
    "metastasis_timing": "de_novo",
    "metastasis_on_imaging": True,
    "io_agents": ["toripalimab"],
    "chemo_cycles": 6,
    "response": "PR",
    "ecog": 1,
}


def away_text() -> str:
    """What the person is told while the action server is away."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    return str(domain["responses"]["utter_action_server_away"][0]["text"])


def kill(process: subprocess.Popen[bytes] | None) -> None:
    """SIGKILL to one process that a test started."""
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)


@pytest.fixture(scope="module")
def fragile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """A pair of servers to be killed."""
    running = servers_in(tmp_path_factory.mktemp("fragile"))
    try:
        yield started(running)
    finally:
        running.stop()


def answer_to(reply: Reply) -> tuple[str, str]:
    """The open fact and what to type for it."""
    question = reply.question
    assert question is not None and question["kind"] == "ask", reply.text
    return question["fact"], ANSWERS[question["fact"]][0]


def check_result(reply: Reply, told: dict[str, object]) -> None:
    """Everything told stands in the result."""
    assert reply.result is not None, reply.text
    held = reply.result["facts"]
    assert {k: held.get(k) for k in told} == told
    assert reply.result["decision"] == "meets_inclusion", reply.text


def test_rasa_killed_at_every_turn_loses_nothing(fragile: Servers) -> None:
    chat = Chat(fragile, f"killed-{uuid.uuid4().hex}")
    told: dict[str, object] = dict(OPENING)
    reply = chat.say(NOTE)
    while reply.result is None:
        fact, text = answer_to(reply)
        kill(fragile.rasa)
        with pytest.raises(OSError):
            chat.say(text, timeout=5)
        fragile.start_rasa()
        fragile.wait()
        assert fact not in told, f"asked again for {fact}\n{chat.transcript}"
        told[fact] = ANSWERS[fact][1]
        reply = chat.say(text)
    check_result(reply, told)


def test_action_server_killed_at_every_turn_loses_nothing_and_says_so(fragile: Servers) -> None:
    chat = Chat(fragile, f"away-{uuid.uuid4().hex}")
    told: dict[str, object] = dict(OPENING)
    reply = chat.say(NOTE)
    while reply.result is None:
        fact, text = answer_to(reply)
        kill(fragile.actions)
        assert chat.say(text).text == away_text()
        fragile.start_actions()
        fragile.wait_actions()
        assert fact not in told, f"asked again for {fact}\n{chat.transcript}"
        told[fact] = ANSWERS[fact][1]
        reply = chat.say("thanks")
    check_result(reply, told)


def test_several_messages_while_the_action_server_is_away_are_all_answered(fragile: Servers) -> None:
    chat = Chat(fragile, f"queue-{uuid.uuid4().hex}")
    reply = chat.say("new candidate")
    kill(fragile.actions)
    for text in ("female", "ECOG 1", "PR"):
        assert chat.say(text).text == away_text()
    fragile.start_actions()
    fragile.wait_actions()
    reply = chat.say("summary")
    assert reply.question is not None
    chat.say("stop")
    facts = chat.say("summary").result
    assert facts is not None
    assert {"ecog": 1, "response": "PR", "sex": "female"}.items() <= facts["facts"].items()


def test_a_kill_in_the_middle_of_a_turn_loses_at_most_that_message(fragile: Servers) -> None:
    """The turn is either wholly there or was never heard; said again, it does no harm."""
    chat = Chat(fragile, f"middle-{uuid.uuid4().hex}")
    chat.say("new candidate, ECOG 1")
    assert fragile.rasa is not None
    with subprocess.Popen(["sh", "-c", f"sleep 0.02; kill -9 {fragile.rasa.pid}"], start_new_session=True) as killer:
        with suppress(OSError):
            chat.say("46 years old")
        killer.wait(5)
    time.sleep(0.2)
    fragile.start_rasa()
    fragile.wait()
    again = chat.say("age 46")
    assert again.question is not None
    chat.say("stop")
    final = chat.say("summary").result
    assert final is not None
    assert final["facts"] == {"ecog": 1, "age_years": 46}
