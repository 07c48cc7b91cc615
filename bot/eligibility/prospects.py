"""What would change a verdict, and how long it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from bot.catalogue import concepts
from bot.eligibility.conditions import check_of
from bot.eligibility.evaluation import Judge, checked_facts, judge_of
from bot.eligibility.known import Known
from bot.eligibility.logic import Status, Truth
from bot.eligibility.look import say
from bot.eligibility.questions import answers
from bot.eligibility.verdict import Finding
from bot.facts import plus_days, plus_years
from bot.protocol import TODAY, Protocol, Until


@dataclass(frozen=True)
class Change:
    """A single fact that would change a failing criterion. values: sample answers that would do it."""

    fact: str
    values: tuple[object, ...]
    criterion: str
    text: str


@dataclass(frozen=True)
class Expiry:
    """A day on which something ends that the verdict relies on. what: a phrase that says what, and whether
    the day
    itself still counts."""

    date: date
    what: str


def what_would_change(protocol: Protocol, facts: Mapping[str, object], reference_date: date) -> tuple[Change, ...]:
    """Single changes of a known fact after which a failing criterion would no longer fail, in the protocol's
    order.

    Each goes with the best status that it could reach. Changes that would make another criterion fail, or
    that would raise a contradiction, are left out.
    """
    judge, known = judge_of(protocol), checked_facts(facts, reference_date)
    now = judge.verdict(known)
    failing = {finding.id for finding in now.findings if finding.status is Status.NOT_MET}
    found = []
    for finding in now.findings:
        if finding.id in failing:
            for fact in finding.rests_on:
                change = _change(judge, known, finding, fact, failing)
                if change is not None:
                    found.append(change)
    return tuple(found)


def _change(judge: Judge, known: Mapping[str, object], finding: Finding, fact: str, failing: set[str]) -> Change | None:
    reached: dict[Status, list[object]] = {}
    concept = concepts()[fact]
    for answer in dict.fromkeys(answers(concept, known, cast(date, known[TODAY]))):
        trial = judge.verdict({**known, fact: answer})
        worse = any(f.status is Status.NOT_MET and f.id not in failing for f in trial.findings)
        status = trial.finding(finding.id).status
        if not worse and not trial.contradictions and status is not Status.NOT_MET:
            reached.setdefault(status, []).append(answer)
    best = next((s for s in (Status.MET, Status.NOT_APPLICABLE, Status.REVIEW) if s in reached), None)
    if best is None:
        return None
    wordings, criterion = judge.protocol.wordings, judge.protocol.criterion(finding.id)
    wording = wordings.change_of_record if concept.lasting else wordings.change_to_value
    text = wording.format(
        label=concept.label,
        values=wordings.values_joined.join(map(concept.value_label, reached[best])),
        criterion=criterion.label,
        status=str(best).replace("_", " "),
    )
    return Change(fact, tuple(reached[best]), finding.id, text)


def holds_until(protocol: Protocol, facts: Mapping[str, object], reference_date: date) -> tuple[Expiry, ...]:
    """Days on which a criterion that does not fail now will stop holding, soonest first."""
    judge, known = judge_of(protocol), checked_facts(facts, reference_date)
    found = []
    for judged in judge.criteria:
        if judged.finding(judge.known(known)).status in (Status.MET, Status.UNKNOWN, Status.REVIEW):
            expiries = (_expiry(judge.known(known), until) for until in judged.criterion.holds_until)
            found += [expiry for expiry in expiries if expiry is not None]
    return tuple(sorted(found, key=lambda expiry: (expiry.date, expiry.what)))


def _expiry(known: Known, until: Until) -> Expiry | None:
    look, start = known.__getitem__, known[until.of]
    if not isinstance(start, date) or check_of(until.when)(look)[0] is not Truth.TRUE:
        return None
    if until.unit == "birthday":
        return Expiry(plus_years(start, until.amount + 1), say(until.what, look))
    return Expiry(plus_days(start, until.amount), say(until.what, look))
