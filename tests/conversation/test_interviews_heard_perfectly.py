"""Many more interviews, in process, every message being understood as it was meant: the interviewer's logic.

What the servers add (reading words, guessing intents) is left out, so a complaint here is about what is
asked, kept and judged.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import pytest

from bot.interview.record import Heard, HeardFact, Record, from_json
from bot.interview.scene import Scene
from bot.interview.turn import respond
from bot.interview.wording import wording
from bot.protocol import load_protocol
from tests.conversation.assessing import Held, report, shown
from tests.conversation.chat import TODAY, Reply
from tests.conversation.coordinator import Coordinator
from tests.conversation.speech import Saying

INTERVIEWS = 600
FIRST_SEED = 10_000


class PerfectEar:
    """Stands in for both servers. The record goes through JSON at every turn, as it does through the slot."""

    def __init__(self) -> None:
        self.scene = Scene(load_protocol(), date.fromisoformat(TODAY), wording())
        self.record = Record(self.scene.protocol.id)
        self.lines: list[str] = []

    def say(self, saying: Saying) -> Reply:
        asked = self.record.open.fact if self.record.open is not None else None
        corrected = saying.kind == "correction"
        facts = {f: HeardFact(v, saying.text, corrected) for f, v in saying.facts.items()}
        heard = Heard(saying.text, saying.intent, facts, (), asked)
        record, said = respond(self.record, heard, self.scene)
        self.record = from_json(json.loads(json.dumps(record.to_json())))
        self.lines += [f"you> {saying.text}", *(f"bot> {u.text}" for u in said)]
        sent = [{"text": u.text, "custom": u.custom and dict(u.custom)} for u in said]
        return Reply(json.loads(json.dumps(sent)))


def interview(seed: int) -> Held:
    """One interview from its seed."""
    ear = PerfectEar()
    return Held(seed, Coordinator.from_seed(seed, ear.say).run(), ear.lines)


@pytest.fixture(scope="module")
def interviews() -> Sequence[Held]:
    held = [interview(seed) for seed in range(FIRST_SEED, FIRST_SEED + INTERVIEWS)]
    print(f"\n{report(held)}")
    return held


def test_every_result_is_right_and_no_question_is_put_in_vain(interviews: Sequence[Held]) -> None:
    complaints = [h.complaints() for h in interviews]
    assert not any(complaints), shown(interviews, complaints)


def test_nothing_understood_is_asked_again(interviews: Sequence[Held]) -> None:
    unclear = [h.log.not_understood for h in interviews]
    assert not any(unclear), shown(interviews, unclear)
