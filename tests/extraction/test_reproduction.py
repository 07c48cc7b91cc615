"""Periods, menopause, operations, tests of pregnancy and contraception as staff write of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)


def facts(text: str, *names: str, asked: str | None = None) -> dict[str, Any]:
    found = reader().read(text, asked, TODAY).facts
    return {name: value for name, value in found.items() if name in names}


def asks(text: str, asked: str | None = None) -> set[str]:
    return {ask.fact for ask in reader().read(text, asked, TODAY).asks}


@pytest.mark.parametrize(
    ("text", "capable"),
    [
        ("menses come every 30 days", True),
        ("Her monthly bleeding is irregular", True),
        ("menstrual periods have been normal", True),
        ("last menstrual period almost two months ago", True),
        ("LMP a fortnight ago", True),
        ("periods are back since October", True),
        ("regular cycle until chemotherapy, none since", True),
        ("her periods have not returned since chemo", True),
        ("still menstruating", True),
        ("headaches before her periods", True),
        ("not menopausal yet", True),
        ("she could still get pregnant", True),
        ("change of life at 49", False),
        ("menopause 7 years ago", False),
        ("menopausal since 2017", False),
        ("last natural period 2013, on HRT", False),
        ("non-WOCBP", False),
        ("had a hysterectomy after options were discussed", False),
    ],
)
def test_periods_and_their_end(text: str, capable: bool) -> None:
    assert facts(text, "childbearing_potential") == {"childbearing_potential": capable}


@pytest.mark.parametrize(
    "text",
    [
        "We advised a hysterectomy and oophorectomy",
        "she declined hysterectomy",
        "she has been pregnant three times",
        "no postmenopausal bleeding",
        "women of childbearing potential need a test",
        "four regular cycles of GP",
        "GP cycles every 21 days",
        "used to have regular periods",
        "with a period of rest",
        "still bleeds from the nose",
    ],
)
def test_look_alikes_say_nothing_of_her_capacity(text: str) -> None:
    assert facts(text, "childbearing_potential") == {}


@pytest.mark.parametrize("text", ["31F, LMP 2021", "She is menopausal", "cannot conceive", "periods stopped at 51"])
def test_what_does_not_settle_it_is_asked_about(text: str) -> None:
    assert facts(text, "childbearing_potential") == {}
    assert "childbearing_potential" in asks(text)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a positive hCG with a negative ultrasound", "positive"),
        ("result -ve, urine hCG", "negative"),
        ("tested negative for pregnancy on 20 November 2026", "negative"),
        ("urine dip for pregnancy negative", "negative"),
        ("uHCG neg, blood group A pos", "negative"),
        ("Ann: hcg?\nBo: urine, this morning, negative", "negative"),
    ],
)
def test_the_result_that_belongs_to_the_test(text: str, result: str) -> None:
    assert facts(text, "pregnancy_test_result") == {"pregnancy_test_result": result}


@pytest.mark.parametrize(
    "text",
    [
        "tumour marker hCG negative",
        "Do you want a pregnancy test?\nNo, I will see the doctor",
        "urine hCG positive, serum pending",
    ],
)
def test_no_result_is_made_of_other_words(text: str) -> None:
    assert facts(text, "pregnancy_test_result") == {}


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("she gave her word to use contraception throughout", True),
        ("Effective contraception for the duration of the study: patient agrees", True),
        ("agrees to use an effective method as long as she is in the study", True),
        ("contraception: no", False),
    ],
)
def test_agreement_in_many_words(text: str, agreed: bool) -> None:
    assert facts(text, "contraception_agreed") == {"contraception_agreed": agreed}


@pytest.mark.parametrize(
    ("answer", "agreed"),
    [("ok with her", True), ("she has agreed to it", True), ("fine by me", None), ("she does not agree", False)],
)
def test_agreement_as_an_answer(answer: str, agreed: bool | None) -> None:
    expected = {} if agreed is None else {"contraception_agreed": agreed}
    assert facts(answer, "contraception_agreed", asked="contraception_agreed") == expected


@pytest.mark.parametrize(
    "text", ["contraception: N/A", "abstinent, no partner", "declines hormonal contraception but agrees to condoms"]
)
def test_neither_agreed_nor_refused(text: str) -> None:
    assert facts(text, "contraception_agreed") == {}


@pytest.mark.parametrize(
    ("text", "capable"),
    [
        ("the missus had her change of life at 50", False),
        ("his ex-wife is 40, he has nobody now", False),
        ("divorced, not in a relationship, M", False),
        ("| Partner WOCBP? | No |\n| KPS | 80 |\n| ECOG | 1 |", False),
        ("wife has regular periods", True),
    ],
)
def test_the_partner(text: str, capable: bool) -> None:
    assert facts(text, "partner_childbearing_potential") == {"partner_childbearing_potential": capable}


def test_nobody_to_drive_him_is_no_word_about_a_partner() -> None:
    assert facts("he has nobody to drive him home", "partner_childbearing_potential") == {}


@pytest.mark.parametrize("text", ["She is 24 weeks pregnant.", "still breastfeeding her youngest"])
def test_a_pregnancy_is_no_statement_of_the_capacity_and_is_asked_about(text: str) -> None:
    reading = reader().read(text, None, date(2026, 11, 22))
    assert "childbearing_potential" not in reading.facts
    assert [ask.fact for ask in reading.asks] == ["childbearing_potential"]
