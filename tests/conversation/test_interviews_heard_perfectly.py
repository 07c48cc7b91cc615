"""Many more interviews, in process, every message being understood as it was meant: the interviewer's logic.

What the servers add (reading words, guessing intents) is left out, so a complaint here is about what is
asked, kept and judged.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.conversation.assessing import Held, report, shown
from tests.conversation.coordinator import Coordinator
from tests.conversation.ears import PerfectEar

INTERVIEWS = 600
FIRST_SEED = 10_000


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


def test_wording_is_as_varied_as_it_is_meant_to_be(interviews: Sequence[Held]) -> None:
    """Typing errors, several facts in a message and pasted notes of three to eight facts all have their share."""
    typed = sum(h.log.turns for h in interviews)
    notes = [h.log.note for h in interviews if h.log.note]
    assert sum(h.log.slips for h in interviews) >= 0.07 * typed
    assert sum(h.log.several for h in interviews) >= 0.1 * typed
    assert len(notes) >= 0.2 * len(interviews) and set(range(3, 9)) <= set(notes)


def test_nothing_understood_is_asked_again(interviews: Sequence[Held]) -> None:
    unclear = [h.log.not_understood for h in interviews]
    assert not any(unclear), shown(interviews, unclear)
