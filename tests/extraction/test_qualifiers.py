"""Context: negation, doubt, plans, questions, relatives, quotations. One word of a sentence is looked at."""

from __future__ import annotations

from datetime import date

import pytest

from bot.extraction import reader
from bot.extraction.pipeline import parse
from bot.extraction.qualifiers import Qualifiers, qualify


def meant(text: str, word: str) -> Qualifiers:
    start = text.index(word)
    return qualify(parse(text), start, start + len(word))


@pytest.mark.parametrize(
    ("text", "word", "negated"),
    [
        ("no evidence of PD", "PD", True),
        ("no lung, liver or bone mets, ECOG 1", "bone", True),
        ("no lung, liver or bone mets, ECOG 1", "ECOG", False),
        ("not signed, PR", "PR", False),
        ("no mets but PR", "PR", False),
        ("not only PR", "PR", False),
        ("hepatitis was ruled out", "hepatitis", True),
        ("denies smoking; ECOG 1", "ECOG", False),
        ("患者未签署", "签署", True),
        ("not of childbearing potential", "not of childbearing potential", False),
    ],
)
def test_negation_ends_where_the_clause_ends(text: str, word: str, negated: bool) -> None:
    assert meant(text, word).negated is negated


@pytest.mark.parametrize(
    ("text", "word", "uncertain"),
    [
        ("?M1", "M1", True),
        ("54M, GP x6, PR?", "PR", True),
        ("suspicious for liver metastasis", "liver", True),
        ("PR, liver lesion possible", "PR", False),
        ("cannot exclude M1", "M1", True),
        ("M1 confirmed", "M1", False),
    ],
)
def test_doubt(text: str, word: str, uncertain: bool) -> None:
    assert meant(text, word).uncertain is uncertain


@pytest.mark.parametrize(
    ("text", "word", "person"),
    [
        ("mother died of NPC at 66; pt herself 41", "66", "mother"),
        ("mother died of NPC at 66; pt herself 41", "41", None),
        ("His wife is 39 and still has periods, he's 52", "39", "wife"),
        ("His wife is 39 and still has periods, he's 52", "52", None),
        ("her 66-year-old father", "66", "father"),
        ("His wife came along. She is 39.", "39", "wife"),
        ("46M with wife 39", "46", None),
    ],
)
def test_what_is_said_of_a_relative_is_not_said_of_the_patient(text: str, word: str, person: str | None) -> None:
    assert meant(text, word).other_person == person


def test_a_question_states_nothing() -> None:
    assert meant("Is ECOG 2 allowed?", "ECOG").question
    assert not meant("ECOG 2, can he join?", "ECOG").question


def test_a_plan_and_an_if() -> None:
    assert meant("will receive toripalimab", "toripalimab").planned
    assert meant("if she reaches PR we enrol", "PR").hypothetical


def test_the_protocols_own_words() -> None:
    assert meant("Inclusion criteria: ECOG 0-1", "ECOG").quoted_protocol
    assert meant("Age: 18 years - 70 years.", "18").quoted_protocol
    assert not meant("Age: 18 years", "18").quoted_protocol


def test_another_cancer_and_the_past() -> None:
    assert meant("breast ca PR positive", "PR").other_cancer
    assert meant("ECOG 2 at diagnosis", "ECOG 2").historical


@pytest.mark.parametrize("text", ["resp PR maybe", "ECOG 1 perhaps", "WHO type III possibly", "response CR probably"])
def test_a_hedge_behind_a_value_leaves_it_open(text: str) -> None:
    """A hedged value taken for certain could let a criterion pass."""
    reading = reader("en").read(text, asked=None, reference_date=date(2026, 11, 22))
    assert not {"response", "ecog", "histology"} & set(reading.facts)
