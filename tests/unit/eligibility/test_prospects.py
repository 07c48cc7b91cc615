"""What would change a verdict, and how long it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.eligibility import evaluate, holds_until, what_would_change
from bot.protocol import load_protocol
from tests.unit.eligibility.test_questions import MAN, TODAY

WOMAN: dict[str, Any] = {
    **MAN, "sex": "female", "partner_childbearing_potential": None, "childbearing_potential": True,
    "pregnancy_test_result": "negative", "pregnancy_test_date": "2026-11-20",
}  # fmt: skip


def changes(facts: dict[str, Any], **settings: Any) -> dict[tuple[str, str], tuple[object, ...]]:
    found = what_would_change(load_protocol(settings=settings), facts, TODAY)
    assert all(change.text for change in found)
    return {(change.criterion, change.fact): change.values for change in found}


def test_nothing_has_to_change_where_nothing_fails() -> None:
    assert changes(MAN) == {}


def test_a_single_value_that_would_do() -> None:
    assert changes({**MAN, "ecog": 2}) == {("ecog", "ecog"): (0, 1)}
    assert changes({**MAN, "response": "SD"}) == {("first_line_response", "response"): ("CR", "PR")}
    text = what_would_change(load_protocol(), {**MAN, "ecog": 2}, TODAY)[0].text
    assert text == "ECOG performance status 0 or 1: ECOG performance status would be met."


def test_the_best_status_is_the_one_that_is_named() -> None:
    found = what_would_change(load_protocol(), {**MAN, "m_category": "M0", "metastatic_lesion_count": None}, TODAY)
    assert [(change.fact, change.values) for change in found] == [("m_category", ("M1b",))]
    assert "recorded wrongly" in found[0].text


def test_two_failing_parts_cannot_be_mended_by_one_change() -> None:
    assert changes({**MAN, "icf_signed": False, "able": False}) == {}


def test_a_change_that_would_make_another_criterion_fail_is_left_out() -> None:
    woman = {**WOMAN, "contraception_agreed": False, "enrollment_date": "2026-11-22"}
    assert ("female_reproductive", "contraception_agreed") in changes(woman)
    assert ("female_reproductive", "sex") not in changes(woman)


def test_a_date_that_would_lie_inside_the_window() -> None:
    facts = {**WOMAN, "pregnancy_test_date": "2026-11-01", "enrollment_date": "2026-11-22"}
    values = changes(facts)[("female_reproductive", "pregnancy_test_date")]
    assert date(2026, 11, 15) in values
    assert date(2026, 11, 14) not in values


def test_the_verdict_holds_until_the_test_expires_and_the_birthday_comes() -> None:
    facts = {**WOMAN, "age_years": None, "birth_date": "1955-12-01", "enrollment_date": "2026-11-22"}
    assert evaluate(load_protocol(), facts, TODAY).decision == "meets_inclusion"
    found = holds_until(load_protocol(), facts, TODAY)
    assert [expiry.date for expiry in found] == [date(2026, 11, 27), date(2026, 12, 1)]
    assert "2026-11-20" in found[0].what
    assert "older than 70" in found[1].what


def test_what_fails_already_does_not_expire() -> None:
    assert holds_until(load_protocol(), {"birth_date": "1950-01-01"}, TODAY) == ()
    assert holds_until(load_protocol(), MAN, TODAY) == ()


def test_an_age_that_is_counted_at_consent_does_not_expire() -> None:
    facts = {"birth_date": "1970-01-01", "icf_date": "2026-11-01"}
    protocol = load_protocol(settings={"age_reference": "icf_date"})
    assert holds_until(protocol, facts, TODAY) == ()
