"""Three-valued logic as literal tables, and how statuses combine. A clinician can check every cell.

Unknown is never taken for true and never for false; a status never stands in for a truth value.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """Whether a condition holds."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("a three-valued truth is not a yes or no; compare it with Truth.TRUE")

    __hash__ = object.__hash__  # the tables below are read for every condition; Enum's own hash is slow


class Status(str, Enum):
    """What is found for one criterion, or for one part of it."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    REVIEW = "review"
    NOT_APPLICABLE = "not_applicable"

    def __bool__(self) -> bool:
        raise TypeError("a status is not a yes or no; compare it with Status.MET")

    def __str__(self) -> str:
        return str(self.value)

    __hash__ = str.__hash__  # type: ignore[assignment, unused-ignore]  # equal to its text, so it has to hash like it


T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

AND: dict[tuple[Truth, Truth], Truth] = {
    (T, T): T, (T, F): F, (T, U): U,
    (F, T): F, (F, F): F, (F, U): F,
    (U, T): U, (U, F): F, (U, U): U,
}  # fmt: skip

OR: dict[tuple[Truth, Truth], Truth] = {
    (T, T): T, (T, F): T, (T, U): T,
    (F, T): T, (F, F): F, (F, U): U,
    (U, T): T, (U, F): U, (U, U): U,
}  # fmt: skip

MET, NOT, UNK, REV = Status.MET, Status.NOT_MET, Status.UNKNOWN, Status.REVIEW

BOTH_PARTS: dict[tuple[Status, Status], Status] = {
    (MET, MET): MET, (MET, NOT): NOT, (MET, UNK): UNK, (MET, REV): REV,
    (NOT, MET): NOT, (NOT, NOT): NOT, (NOT, UNK): NOT, (NOT, REV): NOT,
    (UNK, MET): UNK, (UNK, NOT): NOT, (UNK, UNK): UNK, (UNK, REV): UNK,
    (REV, MET): REV, (REV, NOT): NOT, (REV, UNK): UNK, (REV, REV): REV,
}  # fmt: skip
"""Two parts of one criterion that must both hold."""

DECIDING = (NOT, UNK, REV)
"""The statuses that decide by occurring once, the one that outweighs the others first."""

DECISION_OF: dict[Status, str] = {
    Status.NOT_MET: "excluded",
    Status.UNKNOWN: "incomplete",
    Status.REVIEW: "needs_review",
    Status.MET: "meets_inclusion",
    Status.NOT_APPLICABLE: "meets_inclusion",
}
"""What one criterion's status alone would decide."""


BITS: dict[Status, int] = {MET: 0, Status.NOT_APPLICABLE: 0, REV: 1, UNK: 2, NOT: 4}
"""Statuses as bits: gathered with `|`, they index the tables below."""


def all_parts(statuses: Iterable[Status]) -> Status:
    """The status of a criterion from those of its parts."""
    result = MET
    for status in statuses:
        result = BOTH_PARTS[result, status]
    return result


def decision(statuses: Iterable[Status]) -> str:
    """The overall decision from the statuses of all criteria."""
    found = set(statuses)
    return next((DECISION_OF[status] for status in DECIDING if status in found), "meets_inclusion")


def _gathered(bits: int) -> list[Status]:
    return [status for status, bit in BITS.items() if bit & bits]


ALL_PARTS: tuple[Status, ...] = tuple(all_parts(_gathered(bits)) for bits in range(8))
"""`all_parts` for each set of statuses, by their bits."""
DECISIONS: tuple[str, ...] = tuple(decision(_gathered(bits)) for bits in range(8))
"""`decision` for each set of statuses, by their bits."""


def truth(holds: bool) -> Truth:
    """A plain yes or no as a truth."""
    return T if holds else F
