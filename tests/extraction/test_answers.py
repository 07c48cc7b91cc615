"""Bare answers are read in the light of the fact that was asked, and of no other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("asked", "text", "facts"),
    [
        ("ecog", "1", {"ecog": 1}),
        ("ecog", "0", {"ecog": 0}),
        ("ecog", "WHO 1", {"ecog": 1}),
        ("ecog", "I'd say one", {"ecog": 1}),
        ("ecog", "one, full time job", {"ecog": 1}),
        ("ecog", "GP x6, 1", {"ecog": 1, "chemo_agents": ["cisplatin", "gemcitabine"], "chemo_cycles": 6}),
        ("kps", "90%", {"kps": 90}),
        ("age_years", "sixty-four", {"age_years": 64}),
        ("metastatic_lesion_count", "two", {"metastatic_lesion_count": 2}),
        ("chemo_cycles", "x5", {"chemo_cycles": 5}),
        ("therapy_line", "first", {"therapy_line": 1}),
        ("staging_edition", "9th", {"staging_edition": 9}),
        ("sex", "F", {"sex": "female"}),
        ("icf_signed", "yes", {"icf_signed": True}),
        ("icf_signed", "yes, on Friday", {"icf_signed": True, "icf_date": "2026-11-20"}),
        ("icf_signed", "not yet, tomorrow", {"icf_signed": False}),
        ("willing", "both", {"willing": True, "able": True}),
        ("willing", "no problem", {"willing": True}),
        ("willing", "neither", {"willing": False, "able": False}),
        ("able", "no", {"able": False}),
        ("icf_date", "last Tuesday", {"icf_date": "2026-11-17"}),
        ("pregnancy_test_date", "20 Nov", {"pregnancy_test_date": "2026-11-20"}),
        ("pregnancy_test_result", "neg", {"pregnancy_test_result": "negative"}),
        ("pregnancy_test_result", "not yet", {"pregnancy_test_result": "not_done"}),
        ("partner_childbearing_potential", "none", {"partner_childbearing_potential": False}),
        ("partner_childbearing_potential", "postmenopausal", {"partner_childbearing_potential": False}),
        ("partner_childbearing_potential", "she's 36 and has periods", {"partner_childbearing_potential": True}),
        ("childbearing_potential", "no, hysterectomy", {"childbearing_potential": False}),
        ("contraception_agreed", "yes she agrees", {"contraception_agreed": True, "sex": "female"}),
    ],
)
def test_a_bare_answer_is_the_value_of_the_asked_fact(asked: str, text: str, facts: dict[str, Any]) -> None:
    reading = reader().read(text, asked, TODAY)
    assert dict(reading.facts) == facts
    assert reading.answered == "value"


@pytest.mark.parametrize("text", ["1", "yes", "both", "12 May 2026", "neg", "two", "none"])
def test_a_bare_answer_to_nothing_is_nothing(text: str) -> None:
    assert dict(reader().read(text, None, TODAY).facts) == {}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("chemo_cycles", "ECOG 1"),
        ("ecog", "she signed the ICF, GP x6"),
        ("ecog", "why do you ask?"),
        ("age_years", "PR"),
        ("icf_signed", "ECOG 1"),
    ],
)
def test_a_statement_about_another_fact_never_fills_the_asked_one(asked: str, text: str) -> None:
    reading = reader().read(text, asked, TODAY)
    assert asked not in reading.facts
    assert reading.answered is None


@pytest.mark.parametrize(
    ("asked", "text"),
    [("ecog", "12"), ("ecog", "1 or 2"), ("ecog", "not sure, maybe 1"), ("age_years", "1965"), ("kps", "85"),
     ("chemo_cycles", "4-6"), ("icf_signed", "I think so"), ("able", "yes and no"),
     ("willing", "yes, apart from the MRI"),
     ("icf_date", "03/04/2026"), ("pregnancy_test_result", "yes")],
)  # fmt: skip
def test_an_answer_that_settles_nothing_is_asked_about_again(asked: str, text: str) -> None:
    reading = reader().read(text, asked, TODAY)
    assert asked not in reading.facts
    assert asked in {ask.fact for ask in reading.asks}
    assert reading.answered is None


@pytest.mark.parametrize(
    "text", ["no idea", "don't know", "not in the notes", "unknown", "n/a", "I don't have the notes here", "tbd"]
)
def test_not_known_is_an_answer(text: str) -> None:
    assert reader().read(text, "kps", TODAY).answered == "dont_know"


def test_not_known_inside_a_note_is_none() -> None:
    note = "46M with NPC, the family history is unknown, he lives alone and does not know the name of the drug"
    assert reader().read(note, "ecog", TODAY).answered is None
