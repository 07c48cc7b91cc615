"""A question states nothing of the candidate, with or without its mark; its look-alikes state what they say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    ["what counts as a platinum doublet", "tell me what ECOG 1 means", "can you explain what WHO II is",
     "what counts as PR",
     "don't know what ICF means", "what happens with PD", "can we enrol him", "so is she eligible",
     "is nedaplatin a platinum",
     "why do you need the ECOG", "does PR count", "can PR be counted as a response", "is ECOG 2 ok", "is PR enough",
     "what happens with SD, PD or NE", "difference between M1a and M1b", "not sure what PR means",
     "could you define de novo",
     "has she signed", "explain PR please", "does stage IVA exclude him", "ok so what is M1b", "would PD exclude her",
     "which is the platinum in GP", "how many cycles of GP are needed", "and why is CR better than PR",
     "should we repeat hCG",
     "is the ICF needed", "show me the ECOG scale 0 to 5", "do you need the pregnancy test negative",
     "then what about basaloid",
     "are bone mets M1", "does 6 cycles of GP count as adequate", "do we count GP x6", "would 71 be too old"],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["", "?"])
def test_a_question_states_nothing(text: str, mark: str) -> None:
    for asked in (None, "able", "response", "ecog", "icf_signed"):
        reading = reader().read(text + mark, asked, TODAY)
        assert dict(reading.facts) == {}
        assert reading.answered is None


@pytest.mark.parametrize(
    ("text", "asked", "facts"),
    [
        ("is 54, ECOG 1", None, {"ecog": 1}),
        ("what we know: 54M, ECOG 1", None, {"ecog": 1, "age_years": 54, "sex": "male"}),
        ("does follow all visits", "able", {}),
        ("can attend all visits", "able", {"able": True}),
        ("will come to all visits", None, {"willing": True}),
        ("has the ICF signed", None, {"icf_signed": True}),
        ("did sign the ICF", None, {"icf_signed": True}),
        ("WHO PS 1", None, {"ecog": 1}),
        ("who 1", "ecog", {"ecog": 1}),
        ("was PR after GP x4", None, {"response": "PR", "chemo_cycles": 4}),
        ("when diagnosed she was M1", None, {"m_category": "M1", "sex": "female"}),
        ("can he join, he is ECOG 1", None, {"ecog": 1}),
        ("54F ECOG 1 can she join", None, {"ecog": 1, "age_years": 54, "sex": "female"}),
        ("ICF signed? yes", None, {"icf_signed": True}),
        ("does her own shopping", None, {"sex": "female"}),
    ],
)
def test_what_only_begins_like_a_question_is_read(text: str, asked: str | None, facts: dict[str, Any]) -> None:
    read = reader().read(text, asked, TODAY).facts
    assert {fact: read.get(fact) for fact in facts} == facts
    assert "able" not in read or asked == "able"
