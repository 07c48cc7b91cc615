"""Typing errors and lost blanks in long words: put right once, before anything is read; real words stay as they are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extraction import reader
from bot.extraction.en.spelling import meant, respell

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(("wrong", "right"), [
    ("perfomance", "performance"), ("karnovsky", "karnofsky"), ("postmenopasual", "postmenopausal"),
    ("hysterectmoy", "hysterectomy"), ("contracepton", "contraception"), ("nasopharinx", "nasopharynx"),
    ("metastses", "metastases"), ("enrolement", "enrollment"), ("adequqte", "adequate"), ("novembr", "november"),
    ("synchrnous", "synchronous"), ("pregnency", "pregnancy"), ("negatiev", "negative"),
    ("consentgiven", "consent given"), ("partnerfertile", "partner fertile"), ("cisplatinevery", "cisplatin every"),
])  # fmt: skip
def test_a_slip_in_a_long_word_is_put_right(wrong: str, right: str) -> None:
    assert meant(wrong) == right


@pytest.mark.parametrize("word", [
    "hysterotomy", "contractions", "contraption", "lessons", "legions", "conformation", "preservation", "patience",
    "convent",
    "planted", "wilting", "oropharynx", "histiocytosis", "cystoscopy", "premenopausal", "perimenopausal",
    "understandable",
    "chemoreceptor", "oligometastatic", "pseudoprogression", "counterpart", "troublesome", "postoperative",
    "stabilization",
])  # fmt: skip
def test_a_real_word_stays(word: str) -> None:
    assert meant(word) == word


@pytest.mark.parametrize(("text", "facts"), [
    ("PERFORMACE STATUS 2", {"ecog": 2}),
    ("Karnofksy 70", {"kps": 70}),
    ("stillmenstruating", {"childbearing_potential": True}),
    ("agrees to contraceptoin during the study", {"contraception_agreed": True}),
    ("hCG negtaive", {"pregnancy_test_result": "negative"}),
])  # fmt: skip
def test_the_message_is_read_as_it_was_meant(text: str, facts: dict[str, Any]) -> None:
    assert reader().read(text, None, TODAY).facts == facts


def test_the_evidence_is_quoted_as_it_was_sent() -> None:
    text = "Seen today. consentsigned, perfomance status 1"
    reading = reader().read(text, None, TODAY)
    assert reading.facts["ecog"] == 1 and reading.facts["icf_signed"] is True
    for found in reading.evidence.values():
        assert text[found.start : found.end] == found.text
    assert "perfomance" in reading.evidence["ecog"].text


def test_a_message_without_slips_is_not_written_again() -> None:
    assert respell("54F, ECOG 1, hysterectomy 2014, effective contraception agreed") is None
