"""Which fact to ask for next: the one that most often settles the matter for the least effort."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import date
from typing import cast

from bot.catalogue import concepts
from bot.eligibility.criterion import JudgedCriterion
from bot.eligibility.evaluation import Judge, checked_facts, judge_of
from bot.eligibility.logic import Status
from bot.eligibility.verdict import Verdict
from bot.facts import Concept, plus_days
from bot.protocol import TODAY, Protocol

A_DAY = date(2025, 6, 15)
"""Any day will do for ordering the questions: sample dates are counted from it."""
_LAST = 10**6


def answers(concept: Concept, facts: Mapping[str, object], today: date) -> Iterator[object]:
    """Representative answers. Dates are counted from today and from the planned enrolment; none lies in the
    future
    where that cannot be."""
    if concept.kind != "date":
        yield from concept.samples
        return
    enrolment = facts.get("enrollment_date")
    for base in (today, enrolment if concept.name != "enrollment_date" else None):
        if isinstance(base, date):
            days = (plus_days(base, sample) for sample in concept.samples if isinstance(sample, int))
            yield from (day for day in days if day <= today or not concept.past_only)


def _contexts(fact: str, seen: tuple[str, ...] = ()) -> Iterator[dict[str, object]]:
    """The answers to gate facts under which a fact makes sense; one empty set where it has no gate."""
    gates = [gate for gate in concepts().values() if fact in gate.gates and gate.name not in seen]
    for gate in gates:
        for context in _contexts(gate.name, (*seen, fact)):
            yield {**context, gate.name: gate.gates[fact]}
    if not gates:
        yield {}


def _share(judge: Judge, fact: str, context: Mapping[str, object]) -> float:
    """The share of a fact's answers that make some criterion not met."""
    concept, known = concepts()[fact], {**context, TODAY: A_DAY}
    given = list(answers(concept, known, A_DAY))
    failing = sum(Status.NOT_MET in judge.statuses({**known, fact: answer}) for answer in given)
    return failing / len(given)


def order_of_questions(judge: Judge) -> dict[str, int]:
    """Every fact's place: by the share of answers that exclude over the cost; a gate never after what it
    gates.
    """
    own = {
        name: max(_share(judge, name, context) for context in _contexts(name)) / concept.cost
        for name, concept in concepts().items()
    }
    in_protocol = {f: i for i, f in reversed(list(enumerate(f for c in judge.criteria for f in c.criterion.facts)))}

    def worth(name: str, seen: tuple[str, ...] = ()) -> float:
        gated = (worth(f, (*seen, name)) for f in concepts()[name].gates if f not in seen)
        return max((own[name], *gated))

    def depth(name: str, seen: tuple[str, ...] = ()) -> int:
        gates = [g.name for g in concepts().values() if name in g.gates and g.name not in seen]
        return 1 + max((depth(gate, (*seen, name)) for gate in gates), default=0)

    ranked = sorted(concepts(), key=lambda n: (-worth(n), depth(n), in_protocol.get(n, _LAST)))
    return {name: place for place, name in enumerate(ranked)}


def next_facts(
    protocol: Protocol,
    facts: Mapping[str, object],
    reference_date: date,
    unavailable: Set[str] = frozenset(),
) -> tuple[str, ...]:
    """Facts worth asking for, the best first; each has an answer that changes a criterion or brings it nearer.

    A fact that has a value is never among them (contradictions are in the verdict), nor one in `unavailable`;
    where a fact is unavailable, those that can stand in for it take its place.
    """
    judge = judge_of(protocol)
    known = checked_facts(facts, reference_date)
    verdict = judge.verdict(known)
    wanted: list[str] = []
    for name in verdict.missing:
        wanted += (name,) if name not in unavailable else concepts()[name].or_else
    ordered = sorted(dict.fromkeys(wanted), key=judge.order.__getitem__)
    return tuple(
        name
        for name in ordered
        if known.get(name) is None
        and name not in unavailable
        and concepts()[name].askable
        and _changes_something(judge, known, name, verdict, unavailable)
    )


def _changes_something(
    judge: Judge, known: Mapping[str, object], name: str, now: Verdict, unavailable: Set[str]
) -> bool:
    """Whether some answer can change a criterion: as things stand, or once what else can be asked is answered.

    Two dates make one window: neither changes anything alone. But where one of them cannot be had, the other is
    not worth a question.
    """
    for criterion in judge.criteria:
        if name not in criterion.criterion.facts:
            continue
        before = now.finding(criterion.criterion.id).status
        if _some_answer_changes(judge, criterion, known, name, before):
            return True
        filled = _filled(judge, criterion, known, unavailable | {name})
        before = criterion.finding(judge.known(filled)).status
        if _some_answer_changes(judge, criterion, filled, name, before):
            return True
    return False


def _some_answer_changes(
    judge: Judge, criterion: JudgedCriterion, known: Mapping[str, object], name: str, before: Status
) -> bool:
    given = answers(concepts()[name], known, cast(date, known[TODAY]))
    return any(criterion.finding(judge.known({**known, name: a})).status is not before for a in given)


def _filled(
    judge: Judge, criterion: JudgedCriterion, known: Mapping[str, object], leave: Set[str]
) -> Mapping[str, object]:
    """The facts with everything else that can be asked for this criterion answered so as to bring it nearest to met."""
    filled = dict(known)
    while True:  # each turn fills one fact more, so it ends
        missing = criterion.finding(judge.known(filled)).missing
        name = next((m for m in missing if m not in leave and filled.get(m) is None and concepts()[m].askable), None)
        if name is None:
            return filled
        trials = [{**filled, name: a} for a in answers(concepts()[name], filled, cast(date, known[TODAY]))]
        findings = [criterion.finding(judge.known(trial)) for trial in trials]
        nearest = min(
            range(len(trials)), key=lambda i: (findings[i].status is not Status.UNKNOWN, len(findings[i].missing))
        )
        filled = trials[nearest]
