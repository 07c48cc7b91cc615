"""Evaluating a candidate: from facts to a verdict.

Pure: the same facts, date and settings give the same verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import orjson

from bot.catalogue import check_facts, concepts
from bot.eligibility.criterion import JudgedCriterion
from bot.eligibility.known import Known, Terms
from bot.eligibility.logic import DECISIONS, Status, decision
from bot.eligibility.verdict import STATUS_BITS, Contradiction, Verdict, facts_of_bits, more_notes
from bot.protocol import TODAY, Protocol

_STATUSES = (1 << STATUS_BITS) - 1
_DECIDED = tuple(b'"decision":"%b","criteria":[' % name.encode() for name in DECISIONS)
_REMEMBERED = 16_384
"""Lists of missing facts kept in print; then they are forgotten, so memory stays bounded whatever comes in."""


class Judge:
    """A protocol made ready for evaluation, with what it remembers of earlier candidates."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol, self._terms = protocol, Terms(protocol)
        self.criteria = tuple(JudgedCriterion(protocol, self._terms, criterion) for criterion in protocol.criteria)
        self._judges = tuple(criterion.finding for criterion in self.criteria)
        self._printing = tuple(criterion.printed for criterion in self.criteria)
        self.order: Mapping[str, int] = {name: index for index, name in enumerate(concepts())}
        self._standing: tuple[str, ...] = (protocol.disclaimer, *_setting_notes(protocol))
        self._first_notes = more_notes(self._standing)[1:]
        self._missing: dict[int, bytes] = {}

    def admit(self, facts: Mapping[str, object], reference_date: date) -> Known:
        """Facts checked at the door, as the protocol takes them. Raises Implausible."""
        known = Known(self._terms)
        check_facts(facts, reference_date, known)
        known[TODAY] = reference_date
        return known

    def known(self, facts: Mapping[str, object]) -> Known:
        """Checked facts as the protocol takes them."""
        return Known(self._terms, facts)

    def printed(self, known: Known, front: bytes = b"{") -> bytes:
        """The verdict's `to_dict` as UTF-8 JSON, put together from what is remembered, for many candidates per second.

        front: what stands before "decision". What is put together for each criterion was made from its Finding; only
        the gathering is written out here once more.
        """
        gathered = 0
        criteria, notes, conflicts = [], [self._first_notes], tuple[bytes, ...]()
        for judge in self._printing:
            bits, criterion, more, conflicting = judge(known)
            gathered |= bits
            criteria.append(criterion)
            if more:
                notes.append(more)
            if conflicting:
                conflicts += conflicting
        missing = self._missing.get(gathered >> STATUS_BITS)
        return b"".join(
            (
                front,
                _DECIDED[gathered & _STATUSES],
                b",".join(criteria),
                b'],"missing":',
                missing if missing is not None else self._print_missing(gathered >> STATUS_BITS),
                b',"notes":[',
                *notes,
                b'],"contradictions":[',
                b",".join(dict.fromkeys(conflicts)) if conflicts else b"",
                b"]}",
            )
        )

    def _print_missing(self, facts: int) -> bytes:
        if len(self._missing) >= _REMEMBERED:
            self._missing.clear()
        printed = orjson.dumps(sorted(facts_of_bits(facts), key=self.order.__getitem__))
        self._missing[facts] = printed
        return printed

    def statuses(self, facts: Mapping[str, object]) -> list[Status]:
        """The status of each criterion for facts that were checked already, the reference date among them."""
        known = Known(self._terms, facts)
        return [judge(known).status for judge in self._judges]

    def verdict(self, facts: Mapping[str, object]) -> Verdict:
        """The verdict for facts that were checked already, the reference date among them."""
        known = Known(self._terms, facts)
        findings = tuple([judge(known) for judge in self._judges])
        missing: set[str] = set()
        notes, conflicts = self._standing, tuple[Contradiction, ...]()
        for finding in findings:
            if finding.missing:
                missing.update(finding.missing)
            if finding.notes:
                notes += finding.notes
            if finding.contradictions:
                conflicts += finding.contradictions
        return Verdict(
            decision([finding.status for finding in findings]),
            findings,
            tuple(sorted(missing, key=self.order.__getitem__)),
            notes,
            tuple({conflict.id: conflict for conflict in conflicts}.values()) if conflicts else (),
        )


def _setting_notes(protocol: Protocol) -> list[str]:
    """One note for each setting that is not at its default."""
    notes = []
    for setting in protocol.settings.values():
        if setting.changed:
            meaning = setting.values.get(setting.value, setting.means)
            note = protocol.wordings.setting_note.format(
                setting=setting.name, value=setting.value, default=setting.default, means=meaning
            )
            notes.append(note)
    return notes


def checked_facts(facts: Mapping[str, object], reference_date: date) -> dict[str, object]:
    """Facts in the form that the core keeps, the reference date with them. Raises Implausible."""
    known = check_facts(facts, reference_date)
    known[TODAY] = reference_date
    return known


def evaluate(protocol: Protocol, facts: Mapping[str, object], reference_date: date) -> Verdict:
    """The verdict on a candidate's facts, counted from the reference date.

    facts: by name, None or absent where not known; ISO dates or dates, lists or tuples. Raises Implausible
    for an unknown fact or a value that cannot be true.
    """
    return judge_of(protocol).verdict(checked_facts(facts, reference_date))


@lru_cache(maxsize=32)
def judge_of(protocol: Protocol) -> Judge:
    """The protocol made ready for evaluation, once per protocol and settings."""
    from bot.eligibility.questions import order_of_questions

    judge = Judge(protocol)
    judge.order = order_of_questions(judge)
    return judge


__all__ = ["Judge", "checked_facts", "evaluate", "judge_of"]
