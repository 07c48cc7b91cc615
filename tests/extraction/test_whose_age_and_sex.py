"""Age, sex and fertility of the candidate, never of the father in a talk, of somebody who died, of the wife."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)
PERSON = ("age_years", "sex", "childbearing_potential", "partner_childbearing_potential", "contraception_agreed",
          "ecog")  # fmt: skip


def person(text: str, asked: str | None = None) -> dict[str, Any]:
    facts = reader().read(text, asked, TODAY).facts
    return {fact: value for fact, value in facts.items() if fact in PERSON}


@pytest.mark.parametrize("text", [
    "Doctor: And how old is your mother? Patient: She's eighty one now.",
    "My sister is forty and she lives abroad.",
    "She passed away last winter. She was ninety years old.",
    "Patient: Twenty two years. Doctor: That is a long time.",
    "I quit smoking fifteen years back.",
    "Patient: No, sir. Nothing like that.",
    "Patient: One was thirty years old and the other was thirty four.",
    "blood pressure in the 60s, so it was stopped",
    "I weighed around seventy kilos then",
    "The stent was placed 12 years previously",
    "spoke late, between 2 and 3 years of age",
    "stable for 20 or 25 years",
    "Dear Sir\nThank you for the letter",
    "PR interval 190 ms. Echo normal",
    "my knee tends to pop",
])  # fmt: skip
def test_nothing_of_it_is_the_candidates(text: str) -> None:
    assert person(text) == {}


@pytest.mark.parametrize(("text", "facts"), [
    ("retired fireman, sixty years of age", {"sex": "male", "age_years": 60}),
    ("housewife, 49", {"sex": "female", "age_years": 49}),
    ("dob 03-Sep-1971 / M", {"sex": "male"}),
    ("I consider his first-line treatment sufficient, PI", {"sex": "male"}),
    ("Doctor: Any operations so far, ma'am?", {"sex": "female"}),
    ("Doctor: You're sixty two years old, correct? Patient: Yes.", {"age_years": 62}),
    ("a 57- year old man", {"sex": "male", "age_years": 57}),
    ("a 6-year, 3-month-old girl", {"sex": "female", "age_years": 6}),
    ("she is forty one comma works full time", {"sex": "female", "age_years": 41}),
    ("63M brought by son", {"sex": "male", "age_years": 63}),
    ("Age 18-70 -> 66 y, ECOG 0-1 -> 0", {"age_years": 66, "ecog": 0}),
    ("Husband is outside, he is 51. Mrs Diaz, 47, seen today", {"sex": "female", "age_years": 47}),
    ("this 59-year-old retired postman", {"sex": "male", "age_years": 59}),
])  # fmt: skip
def test_the_candidates_own(text: str, facts: dict[str, Any]) -> None:
    found = person(text)
    if "age_years" in found:
        found["age_years"] = int(found["age_years"])
    assert found == facts


@pytest.mark.parametrize(("text", "facts"), [
    ("wife is 54, through the change", {"partner_childbearing_potential": False}),
    ("partner: 47, had her womb out", {"partner_childbearing_potential": False}),
    ("gf 29, still fertile", {"partner_childbearing_potential": True}),
    ("uterus and ovaries were taken out in 2009", {"childbearing_potential": False}),
    ("breast-feeding well, the baby latches", {}),
    ("Childbearing potential = FALSE", {"childbearing_potential": False}),
    ("Childbearing potential: TBC", {}),
    ("Partner of childbearing potential: ?", {}),
    ("Contraception agreed: No", {"contraception_agreed": False}),
    ("Agrees to contraception: not known yet", {}),
    ("Effective contraception agreed:", {}),
])  # fmt: skip
def test_fertility_and_entries_of_forms(text: str, facts: dict[str, Any]) -> None:
    assert person(text) == facts


@pytest.mark.parametrize(("text", "agreed"), [
    ("happy to use condoms until the trial ends", True),
    ("coil in place and agrees to keep it throughout the study", True),
    ("ok with condoms", None),
    ("will use the calendar method during the study", None),
    ("Depo-Medrol 40 mg given", None),
])  # fmt: skip
def test_a_method_agreed_to_for_the_study_is_agreement(text: str, agreed: bool | None) -> None:
    assert person(text).get("contraception_agreed") is agreed


@pytest.mark.parametrize("text", ["doesn't want to use anything", "she would rather not", "no, won't"])
def test_a_refusal_needs_no_name_of_it_once_it_was_asked_for(text: str) -> None:
    assert person(text, "contraception_agreed")["contraception_agreed"] is False
