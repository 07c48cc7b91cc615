"""Referral letters pasted into the chat, in process: all read, read back briefly, doubts first, nothing asked twice."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.interview.readback import LONGEST_QUOTE
from bot.interview.wording import wording
from bot.processes import Servers
from tests.conversation.chat import Chat, Payload, Reply
from tests.conversation.coordinator import same_facts, title
from tests.conversation.ears import ReadingEar
from tests.conversation.judging import can_change
from tests.conversation.speech import Saying

LETTERS: Mapping[str, Mapping[str, Any]] = yaml.safe_load((Path(__file__).parent / "letters.yml").read_text("utf-8"))
SHORT = [name for name in LETTERS if name != "long_summary"]
MOST_LINES = 12
WORDS = range(120, 191)
LONGEST_LINE = 330
"""Characters of a line of the read-back, about two lines of print and a half."""
MOST_QUESTIONS = 20


class Pasted:
    """One letter in a fresh chat, and what came back."""

    def __init__(self, name: str) -> None:
        self.letter, self.ear = LETTERS[name], ReadingEar()
        self.facts: dict[str, Any] = self.letter["facts"]
        self.ambiguous: dict[str, Any] = self.letter["ambiguous"]
        self.reply = self.ear.say(Saying(self.letter["text"], "inform"))

    @property
    def read(self) -> dict[str, Any]:
        payload = self.reply.last("read_back")
        return dict(payload["facts"]) if payload is not None else {}

    @property
    def read_back(self) -> str:
        """The text that reads the facts back."""
        found = [m for m in self.reply.messages if (m.get("custom") or {}).get("type") == "read_back"]
        return str(found[0]["text"])

    def finish(self) -> tuple[list[Payload], Reply]:
        """Answer what is asked until the result: the questions put after the paste, and the last reply."""
        questions: list[Payload] = []
        reply = self.reply
        while (question := reply.question) is not None and len(questions) < MOST_QUESTIONS:
            questions.append(question)
            reply = self.ear.say(Saying(self.answer(question), "inform"))
        return questions, reply

    def answer(self, question: Payload) -> str:
        if question["kind"] == "offer":
            return str(question["options"][0])
        fact, known = question["fact"], self.facts | self.ambiguous | self.letter["rest"]
        if fact not in known:
            return "Don't know"
        return title(fact, known[fact], question["options"]) or wording().value(fact, known[fact])


def shown(pasted: Pasted) -> str:
    return "\n".join(pasted.ear.lines)


@pytest.mark.parametrize("name", SHORT)
def test_a_letter_is_as_long_as_letters_are(name: str) -> None:
    text = LETTERS[name]["text"]
    assert len(re.findall(r"\w[\w/.-]*", text)) in WORDS


@pytest.mark.parametrize("name", LETTERS)
def test_every_fact_that_a_letter_states_is_filled_and_no_other(name: str) -> None:
    pasted = Pasted(name)
    told = {f: v for f, v in pasted.read.items() if f in pasted.facts or f not in pasted.letter.get("also", ())}
    wrong = {f: (pasted.facts.get(f), told.get(f)) for f in pasted.facts.keys() | told.keys()}
    wrong = {f: pair for f, pair in wrong.items() if None in pair or not same_facts({f: pair[0]}, {f: pair[1]})}
    assert not wrong, f"should be, is: {wrong}\n{shown(pasted)}"


@pytest.mark.parametrize("name", LETTERS)
def test_it_is_read_back_in_at_most_twelve_lines_and_nothing_is_lost(name: str) -> None:
    pasted = Pasted(name)
    lines = pasted.read_back.splitlines()
    assert len(lines) <= MOST_LINES and max(map(len, lines)) <= LONGEST_LINE, shown(pasted)
    payload = pasted.reply.last("read_back")
    assert payload is not None
    assert all(quote in pasted.letter["text"] for quote in payload["evidence"].values())
    clauses = wording().clauses.of(payload["facts"])
    assert {f for line in clauses for c in line for f in c.facts} == payload["facts"].keys()
    unsaid = [c.text for line in clauses for c in line if c.text.casefold() not in pasted.read_back.casefold()]
    assert not unsaid, f"{unsaid}\n{shown(pasted)}"
    quotes = re.findall("“([^”]*)”", "\n".join(lines))
    assert all(len(q) <= LONGEST_QUOTE + 5 for q in quotes), quotes


@pytest.mark.parametrize("name", LETTERS)
def test_the_first_question_is_about_what_is_ambiguous(name: str) -> None:
    pasted = Pasted(name)
    question = pasted.reply.question
    assert question is not None
    if pasted.ambiguous:
        assert question["kind"] == "clarify" and question["fact"] in pasted.ambiguous, shown(pasted)
    else:
        assert question["kind"] == "ask", shown(pasted)


@pytest.mark.server
def test_the_servers_take_a_letter_for_what_it_is(servers: Servers) -> None:
    """Whatever its first lines look like to the classifier ("Summary ...", "Thank you for ..."), its facts are read."""
    for name, letter in LETTERS.items():
        reply = Chat(servers, f"letter-{name}-{uuid.uuid4().hex}").say(letter["text"])
        in_process = Pasted(name).reply
        # Rasa sends a paragraph as a message of its own.
        assert reply.text == re.sub(r"\n+", "\n", in_process.text), f"{name}: {reply.text}"
        assert reply.question == in_process.question


@pytest.mark.parametrize("name", LETTERS)
def test_only_what_remains_is_asked(name: str) -> None:
    pasted = Pasted(name)
    questions, last = pasted.finish()
    about = [q["fact"] for q in questions if q["kind"] != "offer"]
    assert last.result is not None, shown(pasted)
    assert len(about) == len(set(about)), shown(pasted)
    assert not set(about) & pasted.facts.keys(), shown(pasted)
    assert pasted.ambiguous.keys() <= set(about), shown(pasted)
    assert set(about) <= {*pasted.ambiguous, *pasted.letter["rest"]}, shown(pasted)
    known = dict(pasted.read)
    for question in questions:
        if question["kind"] == "ask":
            assert can_change(question["fact"], known), f"{question['fact']} asked in vain\n{shown(pasted)}"
        known |= {f: v for f, v in (pasted.ambiguous | pasted.letter["rest"]).items() if f == question["fact"]}
    assert same_facts(known, last.result["facts"]), shown(pasted)
