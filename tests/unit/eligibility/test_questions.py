"""Which question comes next."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from bot.eligibility import evaluate, next_facts
from bot.protocol import load_protocol

TODAY = date(2026, 11, 22)
MAN: dict[str, Any] = {
    "age_years": 46, "sex": "male", "icf_signed": True, "willing": True, "able": True,
    "primary_site": "nasopharynx", "histology": "nonkeratinizing_undifferentiated",
    "confirmation": "histology", "metastasis_on_imaging": True, "metastasis_timing": "de_novo",
    "m_category": "M1", "metastatic_lesion_count": 6, "chemo_agents": ["gemcitabine", "cisplatin"],
    "io_agents": ["toripalimab"], "therapy_adequate": True, "response": "PR", "ecog": 1,
    "partner_childbearing_potential": True, "contraception_agreed": True,
}  # fmt: skip


def asked(facts: dict[str, Any], unavailable: frozenset[str] = frozenset(), **settings: Any) -> tuple[str, ...]:
    return next_facts(load_protocol(settings=settings), facts, TODAY, unavailable)


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in MAN.items() if name not in names}


def test_nothing_is_asked_when_nothing_is_missing() -> None:
    assert asked(MAN) == ()
    assert evaluate(load_protocol(), MAN, TODAY).decision == "meets_inclusion"


def test_at_the_start_what_often_excludes_for_little_effort_comes_first() -> None:
    first = asked({})
    assert first[0] == "ecog"
    assert first.index("ecog") < first.index("chemo_agents") < first.index("therapy_adequate")


def test_gates_are_asked_before_the_facts_they_gate() -> None:
    first = asked({})
    assert "sex" in first
    assert {"childbearing_potential", "partner_childbearing_potential", "pregnancy_test_result"}.isdisjoint(first)
    woman = asked({"sex": "female"})
    assert "childbearing_potential" in woman
    assert "pregnancy_test_result" not in woman
    capable = asked({"sex": "female", "childbearing_potential": True})
    assert capable.index("pregnancy_test_result") < capable.index("pregnancy_test_date")


def test_the_lesion_count_is_asked_only_for_m1() -> None:
    assert "metastatic_lesion_count" not in asked({})
    assert "metastatic_lesion_count" in asked({"m_category": "M1"})
    assert "metastatic_lesion_count" not in asked({"m_category": "M1"}, m1a_policy="met")
    assert asked(without("m_category", "metastatic_lesion_count")) == ("m_category",)


def test_the_test_date_is_not_asked_when_no_test_was_done() -> None:
    woman = {"sex": "female", "childbearing_potential": True, "pregnancy_test_result": "not_done"}
    assert {"pregnancy_test_date", "enrollment_date"}.isdisjoint(asked(woman))


def test_an_unavailable_fact_is_replaced_by_those_that_can_stand_in() -> None:
    assert asked(without("age_years")) == ("age_years",)
    assert asked(without("age_years"), frozenset({"age_years"})) == ("birth_date",)
    assert asked(without("age_years"), frozenset({"age_years", "birth_date"})) == ()
    assert asked(without("chemo_agents"), frozenset({"chemo_agents"})) == ("platinum_doublet",)
    assert asked(without("io_agents"), frozenset({"io_agents"})) == ("anti_pd1",)


def test_a_fact_that_has_a_value_is_not_asked_again() -> None:
    assert asked({**MAN, "response": "NE"}) == ()
    assert asked({**MAN, "io_agents": ["compound 17"]}) == ()
    assert asked({**MAN, "birth_date": "1990-01-01"}) == ()


def test_the_enrolment_date_is_asked_for_whenever_it_can_decide() -> None:
    woman = {
        **without("partner_childbearing_potential"), "sex": "female", "childbearing_potential": True,
        "pregnancy_test_result": "negative",
    }  # fmt: skip
    assert asked({**woman, "pregnancy_test_date": "2026-11-20"}) == ("enrollment_date",)
    assert asked({**woman, "enrollment_date": "2026-10-01"}) == ("pregnancy_test_date",)


def test_a_question_is_found_within_a_chat_turn() -> None:
    asked({})
    start = time.perf_counter()
    for _ in range(20):
        asked({"sex": "female", "childbearing_potential": True})
    assert (time.perf_counter() - start) / 20 < 0.02
