"""Judging one criterion: what stands before it, then its parts, put together into one finding."""

from __future__ import annotations

from bot.eligibility.known import IS_KNOWN, Known, Terms
from bot.eligibility.logic import ALL_PARTS, BITS, Status, all_parts
from bot.eligibility.look import phrases
from bot.eligibility.memory import REMEMBERED, Leaf, Remembering
from bot.eligibility.parts import Before, BeforeJudge, PartJudge, facts_to_ask, not_known
from bot.eligibility.verdict import Finding, PartFinding, Printed, Remedy, more_notes
from bot.protocol import Criterion, Protocol

_HARDEST = ("never", "later", "now")
"""A criterion can be mended only as soon as its hardest part."""
WORTH_REMEMBERING = 4
"""Up to so many parts, whole findings are remembered; beyond, only those of the parts and what is printed."""


class JudgedCriterion:
    """One criterion of a protocol, made ready once.

    finding gives its Finding for checked facts; printed gives what the printed verdict needs of it, sooner.
    """

    def __init__(self, protocol: Protocol, terms: Terms, criterion: Criterion) -> None:
        self.criterion, self._protocol = criterion, protocol
        self._before = Remembering(BeforeJudge(protocol, terms, criterion))
        self._parts = tuple(Remembering(PartJudge(terms, part)) for part in criterion.parts)
        self._whole = Remembering(self._remember)
        self._not_printed = frozenset(IS_KNOWN + name for name in terms.whole)
        self._joined: dict[tuple[Leaf[PartFinding], ...], tuple[int, bytes]] = {}
        # The parts of a criterion with many of them hardly ever come together twice in the same way.
        few = len(self._parts) <= WORTH_REMEMBERING
        self.finding = self._whole.find if few else self._judge
        self.printed = Remembering(self._print_whole).find if few else self._print_parts

    def _print_whole(self, facts: Known) -> Leaf[Printed]:
        leaf = self._remember(facts)
        # What a finding rests on is not printed, so what was read for that alone need not be looked up again.
        return Leaf(leaf.found.printed, tuple([name for name in leaf.read if name not in self._not_printed]))

    def _print_parts(self, facts: Known) -> Printed:
        """From the parts: what is printed of a finding, its notes apart, follows from the deciding parts
        alone, and those do come together again.
        """
        before = self._before.find(facts)
        if before.finding is not None:
            return before.finding.printed
        leaves = [part(facts) for part in self._parts]
        gathered = 0
        for leaf in leaves:
            gathered |= leaf.found.bits
        worst = BITS[ALL_PARTS[gathered]]
        deciding = tuple([leaf for leaf in leaves if leaf.found.bits == worst])
        joined = self._joined.get(deciding)
        if joined is None:
            joined = self._together([leaf.found for leaf in leaves], before).printed[:2]
            if len(self._joined) >= REMEMBERED:
                self._joined.clear()
            self._joined[deciding] = joined
        notes = b"".join([leaf.found.printed_note for leaf in leaves])
        return *joined, notes + more_notes(before.notes) if before.notes else notes, ()

    def _judge(self, facts: Known) -> Finding:
        before = self._before.find(facts)
        if before.finding is not None:
            return before.finding
        return self._together([part.find(facts) for part in self._parts], before)

    def _remember(self, facts: Known) -> Leaf[Finding]:
        before = self._before(facts)
        if before.found.finding is not None:
            return Leaf(before.found.finding, before.read)
        leaves = [part(facts) for part in self._parts]
        names = list(before.read)
        for leaf in leaves:
            names += leaf.read
        found = self._together([leaf.found for leaf in leaves], before.found)
        return Leaf(found, tuple(dict.fromkeys(names)))

    def _together(self, parts: list[PartFinding], before: Before) -> Finding:
        status = all_parts([part.status for part in parts])
        deciding = [part for part in parts if part.status is status]
        missing: tuple[str, ...] = ()
        texts = [part.because for part in deciding]
        if status is Status.UNKNOWN:
            missing = facts_to_ask(tuple(fact for part in deciding for fact in part.missing))
            unexplained = tuple(fact for part in deciding if part.because == "" for fact in part.missing)
            if unexplained:
                texts.append(not_known(self._protocol, facts_to_ask(unexplained)))
        rests_on = [*before.rests_on, *(fact for part in deciding for fact in part.rests_on)]
        notes = [part.note for part in parts if part.note is not None]
        return Finding(
            self.criterion.id,
            status,
            phrases(texts),
            self.criterion.sentence,
            hardest([part.remedy for part in deciding if part.remedy is not None]),
            missing,
            tuple(dict.fromkeys(rests_on)),
            tuple(parts),
            (*notes, *before.notes) if notes else before.notes,
        )


def hardest(remedies: list[Remedy]) -> Remedy | None:
    """The remedies of all failing parts as one. What can never be mended makes the rest pointless."""
    if len(remedies) < 2:
        return remedies[0] if remedies else None
    when = min((remedy.when for remedy in remedies), key=_HARDEST.index)
    named = [r for r in remedies if r.when == when] if when == "never" else remedies
    return Remedy(when, " ".join(dict.fromkeys(remedy.what for remedy in named)))
