"""Prose of studies and textbooks, titles, relatives who go on being spoken of: nothing of it is the candidate's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)


def read(text: str) -> dict[str, Any]:
    return dict(reader().read(text, None, TODAY).facts)


@pytest.mark.parametrize(
    "text",
    [
        "Cytotoxic drugs such as oxaliplatin and docetaxel stop the growth of malignant cells in different ways",
        "The aim is to explore whether capecitabine maintenance prevents relapse among adults in endemic countries",
        "Volunteers 21 years old with asthma are recruited by the research team",
        "Approximately 60 male and female individuals will be recruited at the university",
        "As soon as consent is obtained, the samples are collected and randomly assigned to two arms",
        "Infants aged 4 months or younger receive the vaccine in this programme",
        "Anlotinib for Recurrent Salivary Gland Carcinoma",
        "Wilson disease with hepatic encephalopathy (HE) is an important complication in these populations",
        "Coordinators' guide. 1) Check age 18 to 70. 2) ECOG 0 or 1. 3) WHO II or III, M1. 4) At least 4 cycles.",
    ],
)
def test_the_prose_of_research(text: str) -> None:
    """Several words of research and nobody named: no value."""
    assert read(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Four cycles of GP, efficacy evaluated as SD", {"response": "SD", "chemo_cycles": 4}),
        ("The efficacy evaluation after 5 cycles was CR", {"response": "CR"}),
        ("The curative effect was evaluated as PR", {"response": "PR"}),
        ("Gemcitabine and cisplatin were administered, the response was assessed as PR", {"response": "PR"}),
        ("Clinical trial candidate: female, 47, ECOG 0", {"sex": "female", "age_years": 47, "ecog": 0}),
        (
            "I should be glad if you could review this 50-year-old woman with M1 disease",
            {"age_years": 50, "m_category": "M1"},
        ),
        ("I entered five cycles; it was six", {"chemo_cycles": 6}),
        (
            "1) Age 54 2) ECOG 1 3) PR after 6 cycles of GP 4) ICF signed",
            {"ecog": 1, "response": "PR", "icf_signed": True},
        ),
    ],
)
def test_one_candidate_in_such_words(text: str, expected: dict[str, Any]) -> None:
    """Words of studies in a sentence about one person leave it a fact."""
    found = read(text)
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "The brother of subject 0044 has lung cancer, stage III. ECOG 2. He would like to join.",
        "Her sister came along. She is 61 and has ECOG 2.",
        "A lady with M1b disease came last year, we said no",
        "Quiz for the fellows: a 50-year-old woman with M1b, ECOG 1",
        "Suppose he is 66 with PR",
    ],
)
def test_somebody_else(text: str) -> None:
    """A relative, an earlier candidate or a made-up one: age, ECOG, extent and response are not the candidate's."""
    assert not {"age_years", "ecog", "m_category", "response", "stage_group"} & set(read(text))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Must be ECOG 0-1 and she is 1", "age_years"),
        ("F 18-fluorodeoxyglucose uptake in the spine", "age_years"),
        ("F 18-FDG PET showed bone mets", "sex"),
        ("NPC-202 study, visit 3", "primary_site"),
    ],
)
def test_numbers_of_something_else(text: str, fact: str) -> None:
    """A grade, an isotope and the number of a study."""
    assert fact not in read(text)
