"""Whose age and whose sex a note tells: the patient's, not a mother's, a doctor's, a scar's or an earlier year's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)


def facts(text: str, *names: str, asked: str | None = None) -> dict[str, Any]:
    found = reader().read(text, asked, TODAY).facts
    return {name: value for name, value in found.items() if name in names}


def asks(text: str) -> set[str]:
    return {ask.fact for ask in reader().read(text, None, TODAY).asks}


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("A 77-year-old man was driven to the clinic by his daughter", 77),
        ("34 yr lady w/ 3 kids aged 2 and 6", 34),
        ("61 YOWM with NPC", 61),
        ("47yoF", 47),
        ("Age:   38.", 38),
        ("Age (years): 66", 66),
        ('<cell name="age">59 y/o</cell>', 59),
        ("a 18 month old boy", 1.5),
        ("3-week-old girl", 0.06),
        ("a 4-1/2-year-old boy", 4.5),
        ("63-year-old man, tonsillectomy at age 9", 63),
        ("treated for a 3-year-old fracture; age 52", 52),
        ("diagnosed aged 48, now 50", 50),
        ("44 at diagnosis, 46 today", 46),
        ("he'll be 71 in March", 70),
        ("The median age was 50. Our candidate is 43", 43),
        ("38-year-old smoker", 38),
        ("30 pack-year smoker aged 64", 64),
        ("DOB not in the file, she says 58", 58),
        ("Mdm Tan, 69, retired", 69),
        ("57 Malay male", 57),
        ("A 36-year-old woman, mother of a 3-year-old, with NPC", 36),
        ("Doctor: How old are you?\nPatient: Um, fifty one.", 51),
        ("Doctor: So you're sixty-two, correct?\nPatient: Yes, doctor.", 62),
        ("forty-eight, female", 48),
        ("KPS: 80, male, 66", 66),
        ("has just celebrated her 60th birthday", 60),
        ("70th birthday next week", 69),
        ("in his 71st year", 70),
        ("850 months", 70.83),
        ("Mr. A. B. Ong, 62, NPC", 62),
    ],
)
def test_the_age_is_the_patients_of_today(text: str, age: float) -> None:
    assert facts(text, "age_years") == {"age_years": age}


@pytest.mark.parametrize(
    "text",
    [
        "the wife of the patient is 44",
        "first child at the age of 22 years",
        "a boy, delivered to a 29-year-old woman",
        "a 12-year-old pacemaker",
        "candidates older than 18 years",
        "patients aged 65 years or older",
        "room 54, M",
        "she was 45 when it began",
        "9 years and 6 months have passed since surgery",
        "WHO 1",
        "Doctor: How old is your father now?\nPatient: He is 80.",
        "KPS 80 female",
        "ECOG 1, male",
    ],
)
def test_another_age_is_nobodys(text: str) -> None:
    assert facts(text, "age_years") == {}


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("Doctor: What brings you in, ma'am?\nPatient: My chest hurts.", "female"),
        ("Doctor: Good morning, sir. How old are you?\nPatient: My mother is 80, she has dementia.", "male"),
        ("A male infant was born at term to a gravida 2 woman", "male"),
        ("His mother has lung cancer. She is a smoker.", "male"),
        ("The participant told the nurse that she would come", "female"),
        ("The nurse says he is well", "male"),
        ("Dr Weber saw her on Friday", "female"),
        ("In the opinion of the investigator he had enough chemotherapy", "male"),
        ("Was she seen? Yes, she came on Monday", "female"),
        ("single, no partner, M", "male"),
        ("Female subject; ECOG 1", "female"),
        ("Age/Gender: 50 Y / F", "female"),
    ],
)
def test_the_sex_is_the_patients(text: str, sex: str) -> None:
    assert facts(text, "sex") == {"sex": sex}


@pytest.mark.parametrize(
    "text",
    [
        "The PI folded her arms.",
        "the oncologist thought it enough at first, but now she no longer does",
        "He told me that the lump in my neck had gone",
        "Patient: My father had it too.\nDoctor: Is he alive?\nPatient: He died last year.",
        "past his- tory of reflux",
        "HER-2 positive, HER 2 neu negative",
        "62 % male",
        "T, N, M",
        "sex: M/F",
        "if a woman becomes pregnant",
        "Mrs Hill (daughter) called",
    ],
)
def test_other_people_give_no_sex(text: str) -> None:
    assert facts(text, "sex") == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("performence status two", {"ecog": 2}),
        ("ecgo 1, karnofski 90", {"ecog": 1, "kps": 90}),
        ("Karnofskyy 80", {"kps": 80}),
        ("Karnofsky one hundred", {"kps": 100}),
        ("hysterctomy in 2011", {"childbearing_potential": False}),
        ("postmenopasual for 9 years", {"childbearing_potential": False}),
        ("pregnacy test negative", {"pregnancy_test_result": "negative"}),
        ("agrees to contracepton", {"contraception_agreed": True}),
    ],
)
def test_a_slip_of_the_keys_is_forgiven(text: str, found: dict[str, Any]) -> None:
    assert reader().read(text, None, TODAY).facts == found


@pytest.mark.parametrize(
    "text", ["hysterotomy in 2011", "uterine contractions", "fertility clinic", "salpingostomy 2014"]
)
def test_a_near_word_stays_another_word(text: str) -> None:
    assert reader().read(text, None, TODAY).facts == {}


def test_the_quote_of_a_misspelt_word_is_the_word_as_it_was_sent() -> None:
    text = "s/p hysterctomy 2011, ECOG 1"
    evidence = reader().read(text, None, TODAY).evidence
    assert evidence["childbearing_potential"].text == "hysterctomy"
    assert evidence["ecog"].text == "ECOG 1"


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("PS 2 when admitted, up and about now, PS 0", 0),
        ("ECOG baseline 0, current 1", 1),
        ("ECOG 2 last month, 1 this week", 1),
        ("PS went up to 2 during chemo, back to 1 today", 1),
        ("ECOG 1/5", 1),
        ("ECOG at diagnosis: 2 | ECOG at screening: 1", 1),
        ("Was ECOG 0 or 1? It was 1.", 1),
        ("[10:02] Ann: ecog\n[10:03] Bo: 1, kps 90", 1),
    ],
)
def test_the_grade_of_today(text: str, grade: int) -> None:
    assert facts(text, "ecog") == {"ecog": grade}


@pytest.mark.parametrize("text", ["ECOG ?1", "ECOG 1 by Dr Lee, 2 by the nurse"])
def test_a_doubted_grade_is_asked_about(text: str) -> None:
    assert facts(text, "ecog") == {}
    assert "ecog" in asks(text)
