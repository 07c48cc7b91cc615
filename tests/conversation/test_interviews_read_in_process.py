"""Two hundred interviews with the real reader, in process: words, slips, notes; only intents are given.

The same demands as against the servers, in a tenth of the time. `CANDID_SEEDS=20017 pytest ...` repeats one.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from tests.conversation.assessing import MOST_WITH_A_COMPLAINT, Held, report, shown
from tests.conversation.coordinator import Coordinator
from tests.conversation.ears import ReadingEar

INTERVIEWS = 200
FIRST_SEED = 20_000
MOST_NOT_UNDERSTOOD = 0.01
"""Share of turns in which a plain answer had to be given twice; none of them may be misread."""


def interview(seed: int) -> Held:
    """One interview from its seed."""
    ear = ReadingEar()
    return Held(seed, Coordinator.from_seed(seed, ear.say).run(), ear.lines)


@pytest.fixture(scope="module")
def interviews() -> Sequence[Held]:
    chosen = os.environ.get("CANDID_SEEDS", "")
    seeds = [int(s) for s in chosen.split(",")] if chosen else range(FIRST_SEED, FIRST_SEED + INTERVIEWS)
    held = [interview(seed) for seed in seeds]
    print(f"\n{report(held)}")
    return held


def test_every_verdict_is_right_and_no_answer_is_misread(interviews: Sequence[Held]) -> None:
    grave = [h.grave_complaints() for h in interviews]
    assert not any(grave), shown(interviews, grave)


def test_nearly_every_interview_is_without_any_complaint(interviews: Sequence[Held]) -> None:
    complaints = [h.complaints() for h in interviews]
    assert sum(map(bool, complaints)) <= MOST_WITH_A_COMPLAINT * len(interviews), shown(interviews, complaints)


def test_plain_answers_are_understood(interviews: Sequence[Held]) -> None:
    unclear = [h.log.not_understood for h in interviews]
    turns = sum(h.log.turns for h in interviews)
    assert sum(map(len, unclear)) <= MOST_NOT_UNDERSTOOD * turns, shown(interviews, unclear)
