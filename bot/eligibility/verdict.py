"""What an evaluation gives: findings with their reasons, and the verdict over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

import orjson

from bot.catalogue import concepts
from bot.eligibility.logic import BITS, Status

Made = TypeVar("Made")
STATUS_BITS = 3
"""Bits for statuses; those above are for missing facts, in the order of the concepts."""

Printed = tuple[int, bytes, bytes, tuple[bytes, ...]]
"""What the printed verdict needs of a finding: bits of its status and missing facts; then, as UTF-8 JSON, the finding,
its notes with a comma in front of each, and its contradictions.
"""


class Once(Generic[Made]):
    """A value that is made when it is first asked for and then kept; like cached_property, without its lock."""

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self._make, self._name = make, make.__name__

    def __get__(self, owner: Any, kind: type) -> Made:
        made = self._make(owner)
        owner.__dict__[self._name] = made
        return made


@lru_cache(maxsize=1)
def _fact_bits() -> dict[str, int]:
    return {name: 1 << place for place, name in enumerate(concepts())}


def facts_of_bits(bits: int) -> list[str]:
    """The facts that bits stand for."""
    return [name for name, bit in _fact_bits().items() if bits & bit]


def more_notes(notes: Iterable[str]) -> bytes:
    """Notes as UTF-8 JSON, a comma in front of each."""
    return b"".join([b"," + orjson.dumps(note) for note in notes])


@dataclass(frozen=True)
class Remedy:
    """What would help a criterion that is not met. when: now, later or never."""

    when: str
    what: str

    def to_dict(self) -> dict[str, str]:
        return {"when": self.when, "what": self.what}


@dataclass(frozen=True)
class PartFinding:
    """One part of a criterion. missing: facts to ask for; rests_on: known facts that were read."""

    id: str
    label: str
    status: Status
    because: str
    missing: tuple[str, ...]
    rests_on: tuple[str, ...]
    remedy: Remedy | None = None
    note: str | None = None

    @Once
    def bits(self) -> int:
        """Its status as bits."""
        return BITS[self.status]

    @Once
    def printed_note(self) -> bytes:
        """Its note as part of a list in JSON, empty without one."""
        return more_notes(() if self.note is None else (self.note,))


@dataclass(frozen=True)
class Contradiction:
    """Known facts that cannot be true together.

    criteria: ids of those that stay unknown until it is settled.
    """

    id: str
    facts: tuple[str, ...]
    text: str
    criteria: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "facts": list(self.facts), "text": self.text, "criteria": list(self.criteria)}


@dataclass(frozen=True)
class Finding:
    """One criterion judged. because: one sentence with value and limit; quote: the protocol's own sentence.

    missing: facts that would settle it, only while it is unknown. rests_on: known facts that the status
    follows from. notes: what goes with the result because of this finding.
    """

    id: str
    status: Status
    because: str
    quote: str
    remedy: Remedy | None = None
    missing: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    parts: tuple[PartFinding, ...] = ()
    notes: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The entry of contract section 3, with `missing` beside it."""
        return {
            "id": self.id,
            "status": self.status.value,
            "because": self.because,
            "quote": self.quote,
            "remedy": self.remedy.to_dict() if self.remedy is not None else None,
            "missing": list(self.missing),
        }

    @Once
    def printed(self) -> Printed:
        """What the printed verdict needs of it, made once for as long as the finding is remembered."""
        bits = BITS[self.status]
        for name in self.missing:
            bits |= _fact_bits()[name] << STATUS_BITS
        conflicts = tuple(orjson.dumps(conflict.to_dict()) for conflict in self.contradictions)
        return bits, orjson.dumps(self.to_dict()), more_notes(self.notes), conflicts


@dataclass(frozen=True)
class Verdict:
    """All findings in the protocol's order, and what follows.

    missing: facts still needed, best asked first.
    """

    decision: str
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    contradictions: tuple[Contradiction, ...] = field(default=())

    def finding(self, criterion_id: str) -> Finding:
        """The finding for a criterion. Raises KeyError."""
        for finding in self.findings:
            if finding.id == criterion_id:
                return finding
        raise KeyError(criterion_id)

    def to_dict(self) -> dict[str, Any]:
        """The result of contract section 3 without its id, with `contradictions` beside it."""
        return {
            "decision": self.decision,
            "criteria": [finding.to_dict() for finding in self.findings],
            "missing": list(self.missing),
            "notes": list(self.notes),
            "contradictions": [contradiction.to_dict() for contradiction in self.contradictions],
        }
