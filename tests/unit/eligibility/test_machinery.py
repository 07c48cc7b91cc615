"""Conditions on numbers known only within limits, tables, and remembering."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import pytest

from bot.eligibility import evaluate
from bot.eligibility.conditions import check_of, within
from bot.eligibility.evaluation import judge_of
from bot.eligibility.known import Known, Terms
from bot.eligibility.logic import Truth
from bot.eligibility.look import phrases, say
from bot.eligibility.memory import Leaf, Remembering
from bot.eligibility.tables import Table
from bot.facts import Between
from bot.protocol import Every, Fixed, Row, Slot, Some, Test, Text, load_protocol

TODAY = date(2026, 11, 22)
T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
ECOG_LOW = Test("ecog", "at_most", 1)
SIGNED = Test("icf_signed", "is", True)


@pytest.mark.parametrize(
    ("low", "high", "op", "operand", "expected"),
    [
        (3, None, "at_least", 3, T),
        (2, None, "at_least", 3, U),
        (3, None, "above", 2, T),
        (3, None, "below", 3, F),
        (3, None, "at_most", 2, F),
        (1, None, "at_most", 2, U),
        (1, 2, "at_most", 2, T),
        (1, 2, "above", 2, F),
        (1, 2, "below", 2, U),
        (1, 2, "is", 2, U),
        (1, 2, "is", 3, F),
        (1, 2, "not", 3, T),
        (1, None, "is", 5, U),
        (1, 2, "one_of", (1, 2), U),
    ],
)
def test_a_number_within_limits(low: int, high: int | None, op: str, operand: object, expected: Truth) -> None:
    assert within(Between(low, high, ("chemo_agents",)), op, operand) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, (U, ("ecog", "icf_signed"))),
        ({"ecog": 1}, (T, ())),
        ({"ecog": 2}, (U, ("icf_signed",))),
        ({"ecog": 2, "icf_signed": False}, (F, ())),
        ({"icf_signed": True}, (T, ())),
    ],
)
def test_one_of_several_is_enough(facts: dict[str, object], expected: tuple[Truth, tuple[str, ...]]) -> None:
    assert check_of(Some((ECOG_LOW, SIGNED)))(facts.get) == expected


def test_in_a_row_the_first_fact_that_is_not_known_is_asked_for() -> None:
    check = check_of(Every((ECOG_LOW, SIGNED)))
    assert check({}.get) == (U, ("ecog",))
    assert check({"ecog": 0}.get) == (U, ("icf_signed",))
    assert check({"icf_signed": False}.get) == (F, ())
    assert check({"ecog": 0, "icf_signed": True}.get) == (T, ())


def test_a_setting_decides_without_the_candidate() -> None:
    assert check_of(Fixed(True))({}.get) == (T, ())
    assert check_of(Fixed(False))({}.get) == (F, ())


def table(*rows: Row) -> Table:
    return Table(rows)


def test_rows_that_agree_decide_although_a_condition_is_not_known() -> None:
    rows = table(Row(Every((SIGNED,)), "met"), Row(Every(), "met"))
    assert rows.read({}.get).row is not None
    rows = table(Row(Every((SIGNED,)), "met"), Row(Every(), "not_met"))
    assert rows.read({}.get).row is None
    assert rows.read({}.get).missing == ("icf_signed",)
    rows = table(Row(Every((SIGNED,)), "met"))
    assert rows.read({"icf_signed": False}.get).row is None


def test_memory_starts_anew_when_it_is_full_and_stays_right() -> None:
    terms = Terms(load_protocol())
    calls: list[object] = []

    def judge(facts: Known) -> Leaf[object]:
        calls.append(facts["ecog"])
        return Leaf(("found", facts["ecog"]), ("ecog",))

    memory = Remembering(judge, size=2)
    for score in (0, 1, 0, 2, 0, 0):
        assert memory(Known(terms, {"ecog": score})).found == ("found", score)
        assert memory.find(Known(terms, {"ecog": score})) == ("found", score)
    assert calls == [0, 1, 2, 0]


def test_a_judgement_that_reads_nothing_is_made_once() -> None:
    calls: list[int] = []

    def judge(facts: Known) -> Leaf[str]:
        calls.append(1)
        return Leaf("always", ())

    memory = Remembering(judge)
    terms = Terms(load_protocol())
    assert [memory.find(Known(terms, {})) for _ in range(3)] == ["always"] * 3
    assert len(calls) == 1


def test_texts() -> None:
    facts: dict[str, object] = {"count": Between(2, 3, ()), "more": Between(2, None, ())}
    text = Text((Slot("count"), ", ", Slot("more"), ", ", Slot("ecog")))
    assert say(text, facts.get) == "2 to 3, at least 2, not known"
    assert phrases(["one.", "", "two", "one"]) == "One; two."
    assert phrases([]) == ""


def test_a_remembered_finding_rests_on_this_candidates_own_facts() -> None:
    protocol = load_protocol()
    by_date = evaluate(protocol, {"birth_date": "1980-01-01"}, date(2026, 11, 22)).finding("age")
    by_age = evaluate(protocol, {"age_years": 46}, date(2026, 11, 22)).finding("age")
    assert by_date.because == by_age.because
    assert (by_date.rests_on, by_age.rests_on) == (("birth_date",), ("age_years",))


def test_judging_without_remembering_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    facts: dict[str, object] = {"sex": "male", "pregnancy_test_result": "positive", "ecog": 1, "icf_signed": True}
    remembered = evaluate(load_protocol(), facts, date(2026, 11, 22))
    monkeypatch.setattr("bot.eligibility.criterion.WORTH_REMEMBERING", 0)
    fresh = dataclasses.replace(load_protocol())
    assert evaluate(fresh, facts, TODAY) == remembered
    judge = judge_of(fresh)
    assert json.loads(judge.printed(judge.admit(facts, TODAY))) == remembered.to_dict()


def test_what_is_printed_stays_right_when_memories_are_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.eligibility.criterion.REMEMBERED", 1)
    monkeypatch.setattr("bot.eligibility.evaluation._REMEMBERED", 1)
    protocol = dataclasses.replace(load_protocol())
    judge = judge_of(protocol)
    for response in ("PD", "SD", None, "PD", "NE", "SD"):
        for late in (None, 3):
            facts = {"response": response, "io_start_cycle": late, "metastasis_timing": "metachronous"}
            verdict = evaluate(protocol, facts, TODAY)
            assert json.loads(judge.printed(judge.admit(facts, TODAY))) == verdict.to_dict()


def test_days_that_hardly_come_together_again_are_not_remembered() -> None:
    days = {"pregnancy_test_date": date(2026, 11, 1), "enrollment_date": date(2026, 11, 22)}
    terms, calls = Terms(load_protocol()), list[object]()

    def judge(facts: Known) -> Leaf[object]:
        calls.append(facts["enrollment_date"])
        return Leaf(facts["enrollment_date"], tuple(days))

    memory = Remembering(judge)
    assert [memory.find(Known(terms, days)) for _ in range(2)] == [date(2026, 11, 22)] * 2
    assert len(calls) == 2
