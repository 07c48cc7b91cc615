"""Judging one part of a criterion, and what stands before the parts: contradictions, whether it applies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.catalogue import concepts
from bot.eligibility.conditions import check_of
from bot.eligibility.known import Known, Reading, Terms
from bot.eligibility.logic import Status, Truth
from bot.eligibility.look import phrases, say
from bot.eligibility.memory import Leaf
from bot.eligibility.tables import Table
from bot.eligibility.verdict import Contradiction, Finding, PartFinding, Remedy
from bot.protocol import Criterion, Get, Part, Protocol, Row


@lru_cache(maxsize=4096)
def facts_to_ask(missing: tuple[str, ...]) -> tuple[str, ...]:
    """Each fact once; a stand-in is left out where the fact itself is asked for."""
    once = tuple(dict.fromkeys(missing))
    stand_ins = {other for name in once for other in concepts()[name].or_else}
    return tuple(name for name in once if name not in stand_ins)


def not_known(protocol: Protocol, missing: Iterable[str]) -> str:
    """A phrase that names the facts that are missing."""
    labels = ", ".join(concepts()[name].label for name in missing)
    return protocol.wordings.not_known.format(missing=labels)


def _because(row: Row, look: Get) -> str:
    return say(row.because, look) if row.because is not None else ""


class PartJudge:
    """Judges one part from the facts that it reads."""

    def __init__(self, terms: Terms, part: Part) -> None:
        self._terms, self._part = terms, part
        self._table, self._unknown = Table(part.table), Table(part.unknown)

    def __call__(self, facts: Known) -> Leaf[PartFinding]:
        look, part = Reading(self._terms, facts), self._part
        decided = self._table.read(look)
        row = decided.row
        # Facts that only the wording reads below do not count as what the status rests on.
        rests_on = look.stated()
        if row is None:
            text = self._unknown.first_true(look)
            because = _because(text, look) if text is not None else ""
            found = PartFinding(part.id, part.label, Status.UNKNOWN, because, decided.missing, rests_on)
        else:
            found = PartFinding(
                part.id,
                part.label,
                Status(row.then),
                _because(row, look),
                decided.missing,
                rests_on,
                Remedy(row.remedy.when, say(row.remedy.what, look)) if row.remedy is not None else None,
                say(row.note, look) if row.note is not None else None,
            )
        return Leaf(found, tuple(look.read))


@dataclass(frozen=True)
class Before:
    """What stands before the parts. finding: final where a contradiction or `applies` decides, else None.

    rests_on: stated facts by which it applies. notes: what goes with the result.
    """

    finding: Finding | None
    rests_on: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class BeforeJudge:
    """Looks for contradictions, then whether the criterion applies, then for notes."""

    def __init__(self, protocol: Protocol, terms: Terms, criterion: Criterion) -> None:
        self._protocol, self._terms, self._criterion = protocol, terms, criterion
        self._applies = Table(criterion.applies) if criterion.applies else None
        self._notes = tuple((check_of(note.when), note.text) for note in criterion.notes)
        self._conflicts = tuple(
            (check_of(row.when), row, tuple(c.id for c in protocol.criteria if _share(row.facts, c.facts)))
            for row in protocol.contradictions
            if _share(row.facts, criterion.facts)
        )

    def __call__(self, facts: Known) -> Leaf[Before]:
        look = Reading(self._terms, facts)
        before = self._before(look, facts)
        return Leaf(before, tuple(look.read))

    def _before(self, look: Reading, facts: Known) -> Before:
        conflicts = tuple(
            Contradiction(row.id, row.facts, say(row.text, look), touched)
            for check, row, touched in self._conflicts
            if check(look)[0] is Truth.TRUE
        )
        if conflicts:
            return Before(self._contradicted(conflicts))
        notes = tuple(say(text, look) for check, text in self._notes if check(look)[0] is Truth.TRUE)
        if self._applies is None:
            return Before(None, (), notes)
        gate = Reading(self._terms, facts)
        decided = self._applies.read(gate)
        rests_on = gate.stated()
        because = _because(decided.row, gate) if decided.row is not None else ""
        for name in gate.read:
            look(name)
        if decided.row is None:
            missing = facts_to_ask(decided.missing)
            text = phrases([not_known(self._protocol, missing)])
            return Before(self._finding(Status.UNKNOWN, text, missing, rests_on, notes))
        if decided.row.then == Status.NOT_APPLICABLE.value:
            return Before(self._finding(Status.NOT_APPLICABLE, phrases([because]), (), rests_on, notes))
        return Before(None, rests_on, notes)

    def _contradicted(self, conflicts: tuple[Contradiction, ...]) -> Finding:
        text = self._protocol.wordings.settle.format(contradictions=" ".join(c.text for c in conflicts))
        missing = facts_to_ask(tuple(c.facts[0] for c in conflicts))
        rests_on = tuple(dict.fromkeys(fact for c in conflicts for fact in c.facts))
        return self._finding(Status.UNKNOWN, text, missing, rests_on, (), conflicts)

    def _finding(
        self,
        status: Status,
        because: str,
        missing: tuple[str, ...],
        rests_on: tuple[str, ...],
        notes: tuple[str, ...],
        conflicts: tuple[Contradiction, ...] = (),
    ) -> Finding:
        return Finding(
            self._criterion.id,
            status,
            because,
            self._criterion.sentence,
            missing=missing,
            rests_on=rests_on,
            notes=notes,
            contradictions=conflicts,
        )


def _share(some: Iterable[str], others: Iterable[str]) -> bool:
    return not set(some).isdisjoint(others)
