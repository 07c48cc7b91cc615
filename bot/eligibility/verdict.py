"""What an evaluation gives: findings with their reasons, and the verdict over all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from bot.eligibility.logic import Status


class Once:
    """A value that is made when it is first asked for and then kept; like cached_property, without its lock."""

    def __init__(self, make: Callable[[Any], bytes]) -> None:
        self._make, self._name = make, make.__name__

    def __get__(self, owner: Any, kind: type) -> bytes:
        made = owner.__dict__[self._name] = self._make(owner)
        return made


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

    @Once
    def json(self) -> bytes:
        """`to_dict` as UTF-8 JSON, made once."""
        return orjson.dumps(self.to_dict())


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
    def json(self) -> bytes:
        """`to_dict` as UTF-8 JSON, made once for as long as the finding is remembered."""
        return orjson.dumps(self.to_dict())


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

    def json(self) -> bytes:
        """`to_dict` as UTF-8 JSON without the braces around it, put together from what is remembered."""
        conflicts = self.contradictions
        return b'"decision":"%b","criteria":[%b],"missing":%b,"notes":%b,"contradictions":%b' % (
            self.decision.encode(),
            b",".join([finding.json for finding in self.findings]),
            orjson.dumps(self.missing),
            orjson.dumps(self.notes),
            b"[%b]" % b",".join([conflict.json for conflict in conflicts]) if conflicts else b"[]",
        )
