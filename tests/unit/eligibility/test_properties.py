"""What holds for every candidate, not only for those somebody thought of."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalogue import concepts
from bot.eligibility import Status, evaluate, next_facts
from bot.eligibility.evaluation import judge_of
from bot.eligibility.logic import decision
from bot.protocol import load_protocol

TODAY = date(2026, 11, 22)
OVERRIDING = {
    "chemo_agents", "io_agents", "other_agents", "platinum_doublet", "anti_pd1", "therapy_line",
}  # fmt: skip
"""Facts that are taken as something while they are not stated, or that named drugs override."""
PROTOCOLS = [
    load_protocol(settings=chosen)
    for chosen in ({}, {"m1a_policy": "met", "min_chemo_cycles": 4}, {"m1a_policy": "not_met"})
]
RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def values(name: str) -> st.SearchStrategy[Any]:
    concept = concepts()[name]
    if concept.kind == "date":
        near = st.integers(-12 if not concept.past_only else 0, 12).map(lambda n: TODAY - timedelta(days=n))
        return st.sampled_from([TODAY - timedelta(days=365 * n) for n in (17, 18, 30, 70, 71)]) | near
    if concept.kind == "list":
        names = st.sampled_from(
            ["cisplatin", "carboplatin", "gemcitabine", "docetaxel", "cetuximab", "toripalimab",
             "tagitanlimab", "cadonilimab", "compound 17"]
        )  # fmt: skip
        return st.lists(names, max_size=4, unique=True).map(tuple)
    return st.sampled_from(concept.samples)


FACTS = st.fixed_dictionaries({}, optional={name: values(name) for name in concepts()})
ANY_PROTOCOL = st.sampled_from(range(len(PROTOCOLS)))


@RELAXED
@given(FACTS, ANY_PROTOCOL)
def test_the_decision_and_the_missing_facts_follow_from_the_findings(facts: dict[str, Any], number: int) -> None:
    protocol = PROTOCOLS[number]
    verdict = evaluate(protocol, facts, TODAY)
    assert verdict.decision == decision(f.status for f in verdict.findings)
    assert set(verdict.missing) == {fact for f in verdict.findings for fact in f.missing}
    for finding in verdict.findings:
        assert bool(finding.missing) == (finding.status is Status.UNKNOWN)
        assert (finding.remedy is None) == (finding.status is not Status.NOT_MET)
        assert finding.because
        assert "{" not in finding.because
        assert set(finding.rests_on) <= set(facts)
    assert protocol.disclaimer in verdict.notes


@RELAXED
@given(FACTS, ANY_PROTOCOL, st.randoms(use_true_random=False))
def test_the_order_of_facts_and_criteria_never_matters(facts: dict[str, Any], number: int, random: Any) -> None:
    protocol = PROTOCOLS[number]
    names, criteria = list(facts), list(protocol.criteria)
    random.shuffle(names)
    random.shuffle(criteria)
    shuffled = dataclasses.replace(protocol, criteria=tuple(criteria))
    one = evaluate(protocol, facts, TODAY)
    other = evaluate(shuffled, {name: facts[name] for name in names}, TODAY)
    assert one.decision == other.decision
    for criterion in criteria:
        first, second = one.finding(criterion.id), other.finding(criterion.id)
        assert (first.status, first.because, first.missing) == (second.status, second.because, second.missing)


@RELAXED
@given(FACTS, ANY_PROTOCOL, st.data())
def test_filling_an_unknown_never_changes_met_or_not_met(facts: dict[str, Any], number: int, data: Any) -> None:
    protocol = PROTOCOLS[number]
    empty = sorted(set(concepts()) - set(facts) - OVERRIDING)
    if not empty:
        return
    name = data.draw(st.sampled_from(empty))
    before = evaluate(protocol, facts, TODAY)
    after = evaluate(protocol, {**facts, name: data.draw(values(name))}, TODAY)
    if len(after.contradictions) > len(before.contradictions):
        return
    for finding in before.findings:
        if finding.status in (Status.MET, Status.NOT_MET, Status.NOT_APPLICABLE):
            assert after.finding(finding.id).status is finding.status, name


@RELAXED
@given(FACTS, ANY_PROTOCOL)
def test_what_is_printed_is_what_was_found(facts: dict[str, Any], number: int) -> None:
    protocol = PROTOCOLS[number]
    verdict = evaluate(protocol, facts, TODAY)
    judge = judge_of(protocol)
    assert json.loads(judge.printed(judge.admit(facts, TODAY))) == verdict.to_dict()


@RELAXED
@given(FACTS, ANY_PROTOCOL)
def test_every_fact_that_is_asked_next_is_open_and_missing(facts: dict[str, Any], number: int) -> None:
    protocol = PROTOCOLS[number]
    asked = next_facts(protocol, facts, TODAY)
    assert set(asked).isdisjoint(facts)
    missing = evaluate(protocol, facts, TODAY).missing
    assert [name for name in missing if name in asked] == list(asked)
    assert set(asked).isdisjoint(next_facts(protocol, facts, TODAY, frozenset(asked)))


@RELAXED
@given(FACTS, st.data())
def test_remembering_gives_what_a_fresh_protocol_gives(facts: dict[str, Any], data: Any) -> None:
    protocol = PROTOCOLS[0]
    fresh = dataclasses.replace(protocol)
    others = data.draw(st.lists(FACTS, max_size=3))
    for other in others:
        evaluate(fresh, other, TODAY)
    again = evaluate(dataclasses.replace(protocol), facts, TODAY)
    for verdict in (evaluate(fresh, facts, TODAY), evaluate(protocol, facts, TODAY)):
        assert verdict == again


def test_an_unknown_criterion_is_an_error() -> None:
    with pytest.raises(KeyError):
        evaluate(PROTOCOLS[0], {}, TODAY).finding("height")
    with pytest.raises(KeyError):
        PROTOCOLS[0].criterion("height")
