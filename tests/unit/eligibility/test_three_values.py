"""Every cell of the tables, written out from what the words mean."""

from __future__ import annotations

import itertools

import pytest

from bot.eligibility.logic import (
    ALL_PARTS,
    AND,
    BITS,
    BOTH_PARTS,
    DECISION_OF,
    DECISIONS,
    OR,
    Status,
    Truth,
    all_parts,
    decision,
    truth,
)

WORTH = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}
PARTS = (Status.MET, Status.NOT_MET, Status.UNKNOWN, Status.REVIEW)


@pytest.mark.parametrize(("a", "b"), list(itertools.product(Truth, Truth)))
def test_and_is_the_lesser_and_or_the_greater(a: Truth, b: Truth) -> None:
    assert AND[a, b] is min(a, b, key=lambda t: WORTH[t])
    assert OR[a, b] is max(a, b, key=lambda t: WORTH[t])


@pytest.mark.parametrize(("a", "b"), list(itertools.product(PARTS, PARTS)))
def test_not_met_outweighs_unknown_outweighs_review_outweighs_met(a: Status, b: Status) -> None:
    order = (Status.NOT_MET, Status.UNKNOWN, Status.REVIEW, Status.MET)
    assert BOTH_PARTS[a, b] is next(status for status in order if status in (a, b))


@pytest.mark.parametrize("value", [*Truth, *Status])
def test_neither_a_truth_nor_a_status_is_a_yes_or_no(value: Truth | Status) -> None:
    with pytest.raises(TypeError):
        bool(value)


def test_a_status_is_its_text() -> None:
    assert Status.MET == "met"
    assert str(Status.NOT_APPLICABLE) == "not_applicable"
    assert {"met": 1}[Status.MET] == 1


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((), "meets_inclusion"),
        ((Status.MET, Status.NOT_APPLICABLE), "meets_inclusion"),
        ((Status.MET, Status.REVIEW), "needs_review"),
        ((Status.REVIEW, Status.UNKNOWN), "incomplete"),
        ((Status.UNKNOWN, Status.NOT_MET, Status.REVIEW), "excluded"),
    ],
)
def test_the_decision_follows_from_the_statuses(statuses: tuple[Status, ...], expected: str) -> None:
    assert decision(statuses) == expected


def test_each_status_alone() -> None:
    for status in Status:
        assert decision([status]) == DECISION_OF[status]
    assert all_parts([]) is Status.MET


def test_gathered_bits_say_the_same_as_the_tables() -> None:
    for size in range(len(Status) + 1):
        for statuses in itertools.combinations(Status, size):
            bits = 0
            for status in statuses:
                bits |= BITS[status]
            assert DECISIONS[bits] == decision(statuses)
            if Status.NOT_APPLICABLE not in statuses:
                assert ALL_PARTS[bits] is all_parts(statuses)


def test_a_truth_from_a_yes_or_no() -> None:
    assert truth(True) is Truth.TRUE
    assert truth(False) is Truth.FALSE
