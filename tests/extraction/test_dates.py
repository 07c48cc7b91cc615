"""Dates: forms, doubts, and which fact a date belongs to. The message is of Sunday, 22 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)


def read(text: str, asked: str | None = None) -> tuple[dict[str, object], dict[str, tuple[object, ...]]]:
    reading = reader().read(text, asked, TODAY)
    return dict(reading.facts), {ask.fact: ask.options for ask in reading.asks}


@pytest.mark.parametrize(
    "written",
    ["2026-11-18", "2026/11/18", "2026.11.18", "20261118", "18/11/2026", "18.11.26", "18-Nov-26", "18 November "
                                                                                                  "2026",
     "Nov 18, 2026", "November 18th 2026", "the 18th of November 2026", "2026年11月18日", "11月18日", "18 Nov",
     "18/11", "4 days ago", "last Wednesday", "Wednesday, 18 November 2026", "the 18th"],
)  # fmt: skip
def test_one_day_written_in_many_ways(written: str) -> None:
    facts, _ = read(f"hCG negative on {written}.")
    assert facts["pregnancy_test_date"] == "2026-11-18"


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("03/04/2026", ("2026-03-04", "2026-04-03")),
        ("3.4.26", ("2026-03-04", "2026-04-03")),
        ("12/5", ("2025-12-05", "2026-05-12")),
    ],
)
def test_day_and_month_that_can_change_places_are_asked_about(written: str, options: tuple[str, ...]) -> None:
    facts, asks = read(f"ICF signed {written}")
    assert "icf_date" not in facts
    assert asks["icf_date"] == options


@pytest.mark.parametrize("written", ["11/11/2026", "17/11/2026", "11/17/2026"])
def test_figures_that_allow_one_reading_are_a_date(written: str) -> None:
    assert "icf_date" in read(f"ICF signed {written}")[0]


@pytest.mark.parametrize("text", ["ICF signed last week", "ICF signed in November 2026", "signed the ICF a while ago"])
def test_a_date_without_its_day_is_asked_about(text: str) -> None:
    facts, asks = read(text)
    assert "icf_date" not in facts
    assert "icf_date" in asks


@pytest.mark.parametrize("text", ["born in 1956", "DOB 31/04/1980", "Patient born 1990-02-30"])
def test_a_birth_date_that_is_none_is_asked_about(text: str) -> None:
    facts, asks = read(text)
    assert "birth_date" not in facts
    assert "birth_date" in asks


def test_each_date_goes_to_the_words_beside_it() -> None:
    facts, _ = read(
        "DOB 4 July 1980, diagnosed 3 May 2026, "
        "signed the ICF on 10 Nov 2026, uHCG neg 17/11/2026, enrol on 23 Nov 2026"
    )
    assert facts["birth_date"] == "1980-07-04"
    assert facts["icf_date"] == "2026-11-10"
    assert facts["pregnancy_test_date"] == "2026-11-17"
    assert facts["enrollment_date"] == "2026-11-23"


@pytest.mark.parametrize(
    "text",
    [
        "MRI on 12 Nov 2026",
        "chemo started 3 March 2026",
        "consent for surgery signed 3 March 2026",
        "ICF version 2 dated 13/09/2026, not signed",
        "will sign the ICF tomorrow",
        "pregnancy test 2026-11-24 booked",
        "consent withdrawn on 18 Nov 2026",
    ],
)
def test_dates_of_other_things_are_left_alone(text: str) -> None:
    facts, _ = read(text)
    assert not {"icf_date", "pregnancy_test_date", "enrollment_date", "birth_date"} & set(facts)


def test_the_day_of_sampling_counts_not_that_of_the_report() -> None:
    facts, _ = read("hCG neg, sample 16 Nov 2026, reported 18 Nov 2026")
    assert facts["pregnancy_test_date"] == "2026-11-16"


def test_a_test_in_the_future_is_refused() -> None:
    facts, asks = read("pregnancy test negative on 2026-12-24")
    assert "pregnancy_test_date" not in facts
    assert "pregnancy_test_date" in asks


@pytest.mark.parametrize("text", ["enrolment in the week of 30 Nov", "enrol after 30 Nov"])
def test_a_rough_day_of_enrolment_is_asked_about(text: str) -> None:
    facts, asks = read(text)
    assert "enrollment_date" not in facts
    assert "enrollment_date" in asks


def test_without_the_day_of_the_message_yesterday_is_asked_about() -> None:
    reading = reader().read("ICF signed yesterday")
    assert "icf_date" not in reading.facts
    assert "icf_date" in {ask.fact for ask in reading.asks}
