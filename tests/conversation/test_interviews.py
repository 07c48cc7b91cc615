"""Two hundred interviews by a simulated coordinator, against the real servers.

Each decision is held to the second opinion on what was told. A failing interview is shown whole; its seed
repeats it: `CANDID_SEEDS=17 pytest tests/conversation/test_interviews.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.processes import Servers
from tests.conversation.assessing import MOST_WITH_A_COMPLAINT, Held, report, shown
from tests.conversation.chat import Chat
from tests.conversation.coordinator import Coordinator

pytestmark = pytest.mark.server

INTERVIEWS = 200
SENDERS = 2
"""Conversations at a time: one for each core of a small machine."""
MOST_NOT_UNDERSTOOD = 0.01
"""Share of turns in which a plain answer had to be given twice; none of them may be misread."""


def interview(servers: Servers, seed: int) -> Held:
    """One interview from its seed."""
    chat = Chat(servers, f"interview-{seed}-{os.urandom(4).hex()}")
    log = Coordinator.from_seed(seed, lambda saying: chat.say(saying.text)).run()
    return Held(seed, log, chat.lines)


@pytest.fixture(scope="module")
def interviews(servers: Servers) -> Iterator[Sequence[Held]]:
    chosen = os.environ.get("CANDID_SEEDS", "")
    seeds = [int(s) for s in chosen.split(",")] if chosen else list(range(INTERVIEWS))
    with ThreadPoolExecutor(SENDERS) as pool:
        held = list(pool.map(lambda seed: interview(servers, seed), seeds))
    print(f"\n{report(held)}")
    yield held


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


def test_every_decision_was_reached_by_some_interview(interviews: Sequence[Held]) -> None:
    if len(interviews) < INTERVIEWS:
        pytest.skip("chosen seeds only")
    reached = {h.log.result["decision"] for h in interviews if h.log.result is not None}
    assert reached == {"excluded", "incomplete", "needs_review", "meets_inclusion"}
