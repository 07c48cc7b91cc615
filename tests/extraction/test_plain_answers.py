"""Short answers in the words of the wards, and dates that are the date of what was asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("therapy_adequate", "adequate", True),
        ("therapy_adequate", "PI says adequate", True),
        ("therapy_adequate", "inadequate", False),
        ("therapy_adequate", "judged not adequate by the PI", False),
        ("metastasis_timing", "found with the primary", "de_novo"),
        ("metastasis_timing", "together with the primary", "de_novo"),
        ("metastasis_timing", "they appeared after earlier treatment", "metachronous"),
        ("metastasis_on_imaging", "seen on CT", True),
        ("metastasis_on_imaging", "none seen", False),
        ("metastatic_lesion_count", "we counted 5", 5),
        ("stage_group", "it says IVC", "IVC"),
        ("primary_site", "somewhere else", "other"),
        ("confirmation", "neither of them", "none"),
        ("confirmation", "histology and cytology", "both"),
        ("contraception_agreed", "declined", False),
        ("contraception_agreed", "not agreed", False),
        ("anti_pd1", "not given", False),
        ("chemo_agents", "Xeloda, cis", ["capecitabine", "cisplatin"]),
        ("chemo_agents", "gem, cisplatin", ["cisplatin", "gemcitabine"]),
        ("metastasis_biopsied", "biopsied", True),
    ],
)
def test_a_plain_answer(asked: str, text: str, value: object) -> None:
    assert dict(reader().read(text, asked, TODAY).facts) == {asked: value}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("d.o.b. March 14, 1980", {"birth_date": "1980-03-14"}),
        ("primary site nasopharynx", {"primary_site": "nasopharynx"}),
        ("5 distant lesions", {"metastatic_lesion_count": 5}),
        ("6 chemo cycles", {"chemo_cycles": 6}),
        ("M1b, 6 lesions", {"m_category": "M1b", "metastatic_lesion_count": 6}),
        (
            "M1, PET-CT: 6 lesions",
            {"m_category": "M1", "metastatic_lesion_count": 6, "metastasis_on_imaging": True},
        ),
        ("M1, PR, 2 target lesions", {"m_category": "M1", "response": "PR"}),
        ("chemo was Xeloda, cis", {"chemo_agents": ["capecitabine", "cisplatin"]}),
        ("saw the doc, cisplatin given", {"chemo_agents": ["cisplatin"]}),
        ("cisplatin, doc says fine", {"chemo_agents": ["cisplatin"]}),
    ],
)
def test_said_without_being_asked(text: str, facts: dict[str, Any]) -> None:
    assert dict(reader().read(text, None, TODAY).facts) == facts


@pytest.mark.parametrize("text", ["yes to all of that", "yes, all of it"])
def test_all_of_that_is_what_was_asked(text: str) -> None:
    assert dict(reader().read(text, "willing", TODAY).facts) == {"willing": True}


@pytest.mark.parametrize("text", ["both", "willing and able"])
def test_both_is_both(text: str) -> None:
    assert dict(reader().read(text, "willing", TODAY).facts) == {"willing": True, "able": True}


@pytest.mark.parametrize("asked", ["icf_signed", "icf_date", "enrollment_date", "pregnancy_test_date"])
@pytest.mark.parametrize("text", ["lovely weather today", "postmenopausal since 2015", "we went shopping yesterday"])
def test_a_date_of_something_else_is_not_the_asked_one(asked: str, text: str) -> None:
    reading = reader().read(text, asked, TODAY)
    assert asked not in reading.facts
    assert not {"icf_date", "enrollment_date", "pregnancy_test_date"} & (
        {*reading.facts} | {a.fact for a in reading.asks}
    )


def test_a_date_that_must_be_past_has_past_readings() -> None:
    (ask,) = reader().read("12/5", "icf_date", TODAY).asks
    assert set(ask.options) == {"2025-12-05", "2026-05-12"}


def test_a_course_changed_on_the_way_is_asked_about() -> None:
    reading = reader().read("GP x4 then carbo instead of cis for last 2", None, TODAY)
    assert "chemo_cycles" not in reading.facts
    assert {ask.fact: ask.options for ask in reading.asks}["chemo_cycles"] == (4, 6)


@pytest.mark.parametrize(
    ("text", "cycle"),
    [("carbo/gem then penpulimab added from cycle 3", 3), ("GP x6 with tori from C2 on", 2), ("PD-1 since cycle 4", 4),
     ("GP x6, tori with all cycles", 1), ("GP x6 + tori from the start", 1), ("tori from C1", 1),
     ("toripalimab started with the third cycle", 3), ("from cycle 2 on plus camrelizumab", 2)],
)  # fmt: skip
def test_the_first_cycle_with_the_antibody(text: str, cycle: int) -> None:
    assert reader().read(text, None, TODAY).facts["io_start_cycle"] == cycle


@pytest.mark.parametrize(
    "text", ["will add tori from cycle 3", "tori until C4", "no tori from C3", "tori x6",
     "tori maintenance from cycle 7",
             "what if tori was added from cycle 3"]
)  # fmt: skip
def test_where_the_first_cycle_is_not_said(text: str) -> None:
    assert "io_start_cycle" not in reader().read(text, None, TODAY).facts
