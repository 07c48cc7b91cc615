"""The latest overall response, and the many letters that look like one."""

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
    ("text", "value"),
    [
        ("GP x6 + tori, PR", "PR"),
        ("achieved a partial response (PR) by RECIST 1.1", "PR"),
        ("complete remission on PET and MRI", "CR"),
        ("stable disease after 4 cycles", "SD"),
        ("camrelizumab stopped for PD after C3", "PD"),
        ("the disease has progressed", "PD"),
        ("response: NE", "NE"),
        ("部分缓解", "PR"),
        ("PR -> CR", "CR"),
        ("PR after C3, CR after C6", "CR"),
        ("best response PR, now PD", "PD"),
        ("PR; earlier scan SD", "PR"),
        ("overall PR; primary CR", "PR"),
        ("CR 68 umol/L, ALT 22, response = PR", "PR"),
        ("No CR, only PR", "PR"),
        ("partial responce", "PR"),
        ("response to chemo was partial", "PR"),
    ],
)
def test_the_latest_overall_response(text: str, value: str) -> None:
    assert read(text)[0].get("response") == value


@pytest.mark.parametrize(
    "text",
    [
        "on PD-1 q3w, scan pending",
        "PD-L1 60%, PD1 naive",
        "on PD since 2023 for renal failure",
        "peritoneal dialysis (PD)",
        "Cr 88, creatinine CR 0.9",
        "oxycodone CR 10 mg",
        "ER-/PR+ breast ca 2012",
        "BP 120/80, PR 72",
        "PR interval 160 ms",
        "paracetamol PRN",
        "rectal exam (PR) normal",
        "G3 PR (pruritus?) after sintilimab",
        "mean 5.2 (SD 1.4)",
        "No evidence of PD on last PET",
        "not yet PR",
        "continue until PD",
        "if CR, then stop",
        "PFS and ORR in the trial",
        "lymphoma in 2012, complete remission",
        "PS: thanks",
        "progression-free for 8 months",
        "patients in PR are randomised",
        "the trial needs a CR",
        "his sister is in CR",
    ],
)
def test_letters_that_are_no_response(text: str) -> None:
    assert "response" not in read(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "near-CR",
        "VGPR",
        "almost PR",
        "PR?",
        "probably PR",
        "PR/SD",
        "either SD or PR",
        "unconfirmed PR",
        "mixed response",
        "CR in neck, PR liver",
        "NED on PET-CT after treatment",
        "tumour shrunk by 45%",
        "responded very well to chemo",
        "complete metabolic response",
        "pCR on re-biopsy",
        "iUPD",
        "report says PR, my own reading SD",
    ],
)
def test_praise_parts_and_doubts_are_asked(text: str) -> None:
    facts, asks = read(text)
    assert "response" not in facts
    assert "response" in asks


@pytest.mark.parametrize(
    ("text", "value"),
    [("pr", "PR"), ("partial", "PR"), ("stable", "SD"), ("CR", "CR"), ("cannot be assessed", "NE")],
)
def test_a_bare_answer_is_read_once_the_response_was_asked_for(text: str, value: str) -> None:
    assert read(text, "response")[0] == {"response": value}
