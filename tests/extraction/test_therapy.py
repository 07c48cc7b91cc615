"""What belongs to the regimen, its cycles, its line and its adequacy."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extraction import reader

DAY = date(2026, 11, 22)


def read(text: str, asked: str | None = None) -> tuple[dict[str, Any], set[str]]:
    """The facts of a text, and the facts that it makes the reader ask about."""
    reading = reader("en").read(text, asked, DAY)
    return dict(reading.facts), {ask.fact for ask in reading.asks}


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("CCRT with weekly cisplatin, then GP x 4", ["cisplatin", "gemcitabine"]),
        ("concurrent cisplatin during IMRT", None),
        ("adjuvant capecitabine", None),
        ("neoadjuvant GP x3", ["cisplatin", "gemcitabine"]),
        ("GC x6 chemo, then capecitabine maintenance", ["carboplatin", "gemcitabine"]),
        ("GP to start next week", None),
        ("could switch to docetaxel later", None),
        ("allergic to carboplatin", None),
        ("Breast cancer 2011: docetaxel + carboplatin. Now NPC, GP x4", ["cisplatin", "gemcitabine"]),
        ("mother had GP x6 for NPC", None),
        ("no cisplatin given", None),
        ("5 of 6 planned cycles of gemcitabine plus cisplatin", ["cisplatin", "gemcitabine"]),
        ("cisplatin or carboplatin with gemcitabine", None),
    ],
)
def test_which_drugs_belong_to_the_regimen(text: str, agents: list[str] | None) -> None:
    assert read(text)[0].get("chemo_agents") == agents


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("GP x6", 6),
        ("GP ×4 + tori", 4),
        ("six cycles of gemcitabine and cisplatin with toripalimab", 6),
        ("GP + toripalimab, 5 cycles", 5),
        ("nab-paclitaxel/cisplatin 4/6 cycles", 4),
        ("GP: 5 given out of 6", 5),
        ("6 cycles planned, 4 received (GP)", 4),
        ("No. of cycles: 6", 6),
        ("camrelizumab stopped for PD after C3", 3),
        ("SD after 3 cycles, PR after 6", 6),
        ("吉西他滨+顺铂 6周期", 6),
        ("toripalimab 8 doses", None),
        ("6 cycles of toripalimab", None),
        ("planned 6 cycles of GP", None),
        ("C6 vertebra fractured", None),
        ("menstrual cycles of 28 days", None),
        ("GP every 3 weeks", None),
        ("GP q3w, 3/6 done", 3),
        ("we expect PR after 3 cycles", None),
        ("he will have had 6 cycles by then", None),
    ],
)
def test_cycles_of_chemotherapy(text: str, number: int | None) -> None:
    assert read(text)[0].get("chemo_cycles") == number


@pytest.mark.parametrize(
    "text", ["4-6 cycles of GP", "GP x3 then docetaxel-cisplatin x2", "GP changed to GC after 2 cycles"]
)
def test_cycles_that_are_not_settled_are_asked(text: str) -> None:
    facts, asks = read(text)
    assert "chemo_cycles" not in facts
    assert "chemo_cycles" in asks


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("first-line GP + tori", 1),
        ("on 2L capecitabine", 2),
        ("failed first-line GP, now second-line docetaxel with PR", 2),
        ("PR to first line GP. Second line not needed", 1),
        ("2L oxygen via nasal cannula", None),
        ("needs second-line chemo", None),
        ("line 1: GP + tori, line 2: docetaxel", 2),
    ],
)
def test_line_of_the_regimen_that_the_response_belongs_to(text: str, line: int | None) -> None:
    assert read(text)[0].get("therapy_line") == line


def test_with_two_lines_only_the_drugs_of_the_line_with_the_response_count() -> None:
    facts, _ = read("1L GP + camrelizumab, PD; 2L docetaxel, PR")
    assert facts["therapy_line"] == 2
    assert facts["chemo_agents"] == ["docetaxel"]
    assert "io_agents" not in facts
    assert facts["response"] == "PR"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("PI judges the therapy adequate", True),
        ("first-line treatment was not considered adequate", False),
        ("adequacy of first-line therapy confirmed by the investigator", True),
        ("completed the full course of GP", None),
        ("is the therapy adequate?", None),
    ],
)
def test_adequacy_is_the_investigators_word(text: str, value: bool | None) -> None:
    assert read(text)[0].get("therapy_adequate") == value
