"""What a note says of the person: age, sex, consent, compliance, performance, pregnancy, contraception.

Every look-alike has a line whose facts are empty: the phrase that taught the guard.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)


def facts(text: str, *names: str, asked: str | None = None) -> dict[str, Any]:
    found = reader().read(text, asked, TODAY).facts
    return {name: value for name, value in found.items() if not names or name in names}


def asks(text: str, asked: str | None = None) -> set[str]:
    return {ask.fact for ask in reader().read(text, asked, TODAY).asks}


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("58M, NPC", 58),
        ("A 47 year old Chinese woman", 47),
        ("sixty-two year old gentleman", 62),
        ("Mr Lau is 61 and retired", 61),
        ("F/46", 46),
        ("M56", 56),
        ("pt herself 41", 41),
        ("age 70 years and 11 months", 70),
        ("17 y 11 m", 17),
        ("turns 18 next Thursday", 17),
        ("just turned 71", 71),
        ("患者男，52岁", 52),
        ("a man of 39", 39),
        ("Subject 014: F 36", 36),
    ],
)
def test_an_age_is_read_as_stated(text: str, age: float) -> None:
    assert facts(text, "age_years") == {"age_years": age}


@pytest.mark.parametrize(
    "text",
    [
        "70 Gy in 33 fractions",
        "wt 70 kg, KPS 70",
        "18F-FDG PET today",
        "F18 PET-CT",
        "mother died of NPC at 66",
        "His wife is 39",
        "diagnosed at 45",
        "postmenopausal for six years",
        "patient is a 4-year survivor",
        "Age: 18 years - 70 years.",
        "smoker for 30 years",
        "Is a woman of 71 too old?",
    ],
)
def test_another_number_is_no_age(text: str) -> None:
    assert facts(text, "age_years") == {}


@pytest.mark.parametrize("text", ["he's about 70", "in her early sixties", "虚岁 71", "~69 years old", "age 143"])
def test_a_soft_or_impossible_age_is_asked_about(text: str) -> None:
    assert facts(text, "age_years") == {}
    assert "age_years" in asks(text)


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("46M", "male"),
        ("DOB 1986-02-03 (F)", "female"),
        ("Mrs Wong has NPC", "female"),
        ("his wife is postmenopausal", "male"),
        ("Her father died of NPC", "female"),
        ("The husband called because she is anxious", "female"),
        ("女，45岁", "female"),
    ],
)
def test_sex_comes_from_the_patients_own_words(text: str, sex: str) -> None:
    assert facts(text, "sex") == {"sex": sex}


@pytest.mark.parametrize(
    "text", ["no male partner", "postmenopausal", "HER2 negative", "he agrees but she signed", "male condom"]
)
def test_other_words_give_no_sex(text: str) -> None:
    assert facts(text, "sex") == {}


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("ICF signed", True),
        ("IC signed yesterday", True),
        ("has signed the informed consent form", True),
        ("Consent form dated and signed 15/11/2026", True),
        ("consented to the trial in writing", True),
        ("ICF signed? yes", True),
        ("已签署知情同意书", True),
        ("not signed yet", False),
        ("will sign the ICF on Monday", False),
        ("ICF: N, ECOG: 1, willing: Y", False),
        ("Pt signed consent but later withdrew it", False),
        ("biobank consent signed, study ICF outstanding", False),
        ("the study consent was handed out but has not been signed", False),
        ("未签署知情同意书", False),
    ],
)
def test_a_signature_is_read_only_where_it_is_stated(text: str, signed: bool) -> None:
    assert facts(text, "icf_signed") == {"icf_signed": signed}


@pytest.mark.parametrize(
    "text",
    [
        "Signed consent for the gastrostomy last week",
        "signed the consent for chemotherapy",
        "Signed ICF for another trial",
        "IC x3 done",
        "Has she signed the ICF?",
        "If he signs the ICF we can start",
        "The patient has signed the informed consent form and is willing and able to follow the visit schedule",
        "Still to do: sign the ICF",
    ],
)
def test_other_signatures_and_quotations_are_none(text: str) -> None:
    assert facts(text, "icf_signed").get("icf_signed") is not True


@pytest.mark.parametrize(
    "text",
    ["verbal consent given", "ICF signed by his wife", "consent obtained", "ICF signed?", "old ICF version "
                                                                                          "signed",
     "consent signature is the father's"],
)  # fmt: skip
def test_a_doubtful_signature_is_asked_about(text: str) -> None:
    assert facts(text, "icf_signed") == {}
    assert "icf_signed" in asks(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("willing and able to follow the visit schedule", {"willing": True, "able": True}),
        ("keen to take part, but lives 900 km away and may miss visits", {"willing": True}),
        ("able to attend but not willing to have biopsies", {"willing": False, "able": True}),
        ("He refuses extra blood tests but is happy to come for the visits", {"willing": False}),
        ("unable to keep to the visit plan because of dementia", {"able": False}),
        ("will come to all visits", {"willing": True}),
        ("willing to use contraception", {}),
        ("she is unable to work but able to walk", {}),
        ("愿意并能够遵守随访计划", {"willing": True, "able": True}),
    ],
)
def test_willing_and_able_are_two_facts(text: str, found: dict[str, bool]) -> None:
    assert facts(text, "willing", "able") == found


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("ECOG 1", 1),
        ("ECOG PS one", 1),
        ("PS0", 0),
        ("P.S. 1", 1),
        ("WHO PS 1, WHO type 2 tumour", 1),
        ("Zubrod 0", 0),
        ("performance status unchanged at 1", 1),
        ("ECOG was 2 at diagnosis, now 1", 1),
        ("ECOG 1 (was 2 at admission)", 1),
        ("ECOG 2 -> 1", 1),
        ("ECOG 2 due to pain, improved to 1 after RT", 1),
        ("ECOG评分1分", 1),
        ("| ECOG | 1 |", 1),
        ("Age,47\nSex,female\nECOG,1", 1),
    ],
)
def test_ecog_under_its_many_names(text: str, grade: int) -> None:
    assert facts(text, "ecog") == {"ecog": grade}


@pytest.mark.parametrize(
    "text",
    [
        "KPS 70",
        "works part-time, walks daily",
        "PS: 1 more question",
        "PS 3 sets of scans are in the post",
        "Does ECOG 2 exclude him?",
        "ECOG score: 0-1.",
        "ECOG I have to look up",
        "The protocol says ECOG 0-1",
        "no ECOG documented",
    ],
)
def test_other_words_are_no_ecog(text: str) -> None:
    assert facts(text, "ecog") == {}


@pytest.mark.parametrize("text", ["ECOG 1-2", "ECOG between 1 and 2", "WHO 1, works as cashier", "ECOG 7", "ECOG ~1"])
def test_an_unclear_ecog_is_asked_about(text: str) -> None:
    assert facts(text, "ecog") == {}
    assert "ecog" in asks(text)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("uHCG neg", "negative"),
        ("preg test (-)", "negative"),
        ("serum b-hCG <1.0 mIU/mL on 18-Nov-2026, planned randomisation 24 Nov", "negative"),
        ("尿妊娠试验阴性", "negative"),
        ("pregnancy test positive", "positive"),
        ("pregnancy test weakly positive", "indeterminate"),
        ("equivocal pregnancy test", "indeterminate"),
        ("pregnancy test not done yet", "not_done"),
    ],
)
def test_pregnancy_tests(text: str, result: str) -> None:
    assert facts(text, "pregnancy_test_result") == {"pregnancy_test_result": result}


@pytest.mark.parametrize("text", ["home pregnancy test negative", "hCG 3", "pregnancy test pending", "hCG neg?"])
def test_an_unclear_pregnancy_test_is_asked_about(text: str) -> None:
    assert facts(text, "pregnancy_test_result") == {}
    assert "pregnancy_test_result" in asks(text)


@pytest.mark.parametrize(
    "text", ["his wife had a negative pregnancy test", "lactating", "EBV negative", "no chance of pregnancy"]
)
def test_other_words_are_no_pregnancy_test(text: str) -> None:
    assert facts(text, "pregnancy_test_result") == {}


@pytest.mark.parametrize(
    ("text", "capable"),
    [
        ("postmenopausal", False),
        ("s/p hysterectomy", False),
        ("LMP 2014", False),
        ("last period eleven years ago", False),
        ("绝经3年", False),
        ("she is not of childbearing potential", False),
        ("periods stopped when chemo started in March", True),
        ("LMP 12 Nov 2026", True),
        ("premenopausal", True),
        ("not postmenopausal", True),
        ("35F, hysterectomy no, periods regular", True),
    ],
)
def test_childbearing_potential(text: str, capable: bool) -> None:
    assert facts(text, "childbearing_potential") == {"childbearing_potential": capable}


@pytest.mark.parametrize("text", ["tubal ligation in 2020", "no periods", "amenorrhoeic", "LMP unknown"])
def test_an_unclear_capacity_is_asked_about(text: str) -> None:
    assert facts(text, "childbearing_potential") == {}
    assert "childbearing_potential" in asks(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("His wife is 39 and still has periods", {"partner_childbearing_potential": True}),
        ("52M, wife had TAH-BSO", {"partner_childbearing_potential": False}),
        ("M, 51, divorced, no partner", {"partner_childbearing_potential": False}),
        ("He has a male partner", {"partner_childbearing_potential": False}),
        ("his wife no longer has periods, menopause four years ago", {"partner_childbearing_potential": False}),
        ("partner is 60 years old", {}),
        ("her late husband, no current partner, she is postmenopausal", {"childbearing_potential": False}),
    ],
)
def test_the_partners_capacity_is_not_the_patients(text: str, found: dict[str, bool]) -> None:
    assert facts(text, "partner_childbearing_potential", "childbearing_potential") == found


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("agrees to effective contraception", True),
        ("contraception discussed and she agrees", True),
        ("He will use contraception during the study", True),
        ("no objection to contraception", True),
        ("does not agree to contraception", False),
        ("declines contraception", False),
        ("contraception: refuses", False),
    ],
)
def test_agreement_to_contraception(text: str, agreed: bool) -> None:
    assert facts(text, "contraception_agreed") == {"contraception_agreed": agreed}


@pytest.mark.parametrize("text", ["ok w/ condoms", "uses an IUD", "on the pill", "her husband agrees to use condoms"])
def test_a_method_is_not_agreement(text: str) -> None:
    assert facts(text, "contraception_agreed") == {}
    assert "contraception_agreed" in asks(text)


@pytest.mark.parametrize("text", ["on the waiting list for hysterectomy", "hysterectomy recommended"])
def test_an_operation_that_is_only_planned_changes_nothing(text: str) -> None:
    assert facts(text, "childbearing_potential") == {}


def test_anatomy_is_asked_about_where_the_label_does_not_tell() -> None:
    assert facts("transgender man, 34", "sex") == {}
    assert "sex" in asks("transgender man, 34")
