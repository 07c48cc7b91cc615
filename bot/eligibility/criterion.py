"""Judging one criterion: what stands before it, then its parts, put together into one finding."""

from __future__ import annotations

from bot.eligibility.known import Known
from bot.eligibility.logic import Status, all_parts
from bot.eligibility.look import phrases
from bot.eligibility.memory import Leaf, Remembering
from bot.eligibility.parts import Before, BeforeJudge, PartJudge, facts_to_ask, not_known
from bot.eligibility.verdict import Finding, PartFinding, Remedy
from bot.protocol import Criterion, Protocol

_HARDEST = ("never", "later", "now")
"""A criterion can be mended only as soon as its hardest part."""


class JudgedCriterion:
    """One criterion of a protocol, made ready once. `judge` gives the leaf with its Finding for checked facts."""

    def __init__(self, protocol: Protocol, criterion: Criterion) -> None:
        self.criterion, self._protocol = criterion, protocol
        self._before = Remembering(BeforeJudge(protocol, criterion))
        self._parts = tuple(Remembering(PartJudge(protocol, part)) for part in criterion.parts)
        self.judge = Remembering(self._judge)

    def finding(self, facts: Known) -> Finding:
        """The finding for these facts."""
        return self.judge(facts).found

    def _judge(self, facts: Known) -> Leaf[Finding]:
        gate = self._before(facts)
        before, read = gate.found, gate.read
        if before.finding is not None:
            return Leaf(before.finding, read)
        leaves = [part(facts) for part in self._parts]
        names = dict.fromkeys(read)
        for leaf in leaves:
            names.update(dict.fromkeys(leaf.read))
        return Leaf(self._together([leaf.found for leaf in leaves], before), tuple(names))

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
        rests_on = dict.fromkeys(before.rests_on)
        for part in deciding:
            rests_on.update(dict.fromkeys(part.rests_on))
        notes = [part.note for part in parts if part.note is not None]
        return Finding(
            self.criterion.id,
            status,
            phrases(texts),
            self.criterion.sentence,
            hardest([part.remedy for part in deciding if part.remedy is not None]),
            missing,
            tuple(rests_on),
            tuple(parts),
            (*notes, *before.notes) if notes else before.notes,
        )


def hardest(remedies: list[Remedy]) -> Remedy | None:
    """The remedies of all failing parts as one. What can never be mended makes the rest pointless."""
    if len(remedies) < 2:
        return remedies[0] if remedies else None
    when = next(time for time in _HARDEST if any(remedy.when == time for remedy in remedies))
    named = [r for r in remedies if r.when == when] if when == "never" else remedies
    return Remedy(when, " ".join(dict.fromkeys(remedy.what for remedy in named)))
