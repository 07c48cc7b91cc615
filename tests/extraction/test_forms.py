"""Forms: the answer beside a heading decides, and the words of the heading state nothing."""

from __future__ import annotations

from datetime import date

import pytest

from bot.extraction.en.forms import cells
from bot.extraction.outcome import Reading
from bot.extraction.reading import reader

TODAY = date(2026, 11, 22)
CLOSED = {
    "ICF signed": "icf_signed",
    "Written informed consent obtained": "icf_signed",
    "Willing to comply with all study visits": "willing",
    "Able to follow the protocol schedule": "able",
    "Anti-PD-1 mAb received": "anti_pd1",
    "PD-1 blockade administered": "anti_pd1",
    "Platinum-based doublet given": "platinum_doublet",
    "Metastatic site sampled": "metastasis_biopsied",
    "Bx of metastasis done": "metastasis_biopsied",
    "First-line therapy adequate (PI)": "therapy_adequate",
    "Metastases seen on baseline CT": "metastasis_on_imaging",
    "WOCBP": "childbearing_potential",
    "Woman of childbearing potential": "childbearing_potential",
    "Effective contraception agreed": "contraception_agreed",
    "Agrees to use contraception": "contraception_agreed",
    "Partner can become pregnant": "partner_childbearing_potential",
}


def read(text: str) -> Reading:
    return reader().read(text, reference_date=TODAY)


@pytest.mark.parametrize("separator", [": ", " = ", "? ", " | ", "\t", " -> ", " ..... "])
@pytest.mark.parametrize("label", CLOSED)
@pytest.mark.parametrize(("answer", "value"), [("Yes", True), ("N", False), ("FALSE", False)])
def test_yes_and_no_beside_a_heading(label: str, separator: str, answer: str, value: bool) -> None:
    found = read(f"{label}{separator}{answer}")
    assert found.facts.get(CLOSED[label]) is value
    assert found.evidence[CLOSED[label]].text == f"{label}{separator}{answer}"


@pytest.mark.parametrize("label", CLOSED)
@pytest.mark.parametrize(
    "answer",
    ["", "?", "unknown", "n/k", "not recorded", "N/A", "to be confirmed", "not asked", "Yes / No", "-", "____"],
)
def test_an_open_field_settles_nothing(label: str, answer: str) -> None:
    assert CLOSED[label] not in read(f"{label}: {answer}").facts


@pytest.mark.parametrize("answer", ["maybe", "probably", "yes?", "Yes, but to be confirmed"])
def test_a_doubtful_answer_is_asked_about(answer: str) -> None:
    found = read(f"Contraception agreed: {answer}")
    assert "contraception_agreed" not in found.facts
    assert [ask.fact for ask in found.asks] == ["contraception_agreed"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Pregnant: No", {}),
        ("Pregnancy test performed: N", {"pregnancy_test_result": "not_done"}),
        ("Still menstruating: no", {}),
        ("Total hysterectomy: yes", {"childbearing_potential": False}),
        ("Postmenopausal | No", {"childbearing_potential": True}),
        ("Synchronous metastases: N", {}),
        ("De novo metastatic disease: Y", {"metastasis_timing": "de_novo"}),
        ("Metachronous metastases: yes", {"metastasis_timing": "metachronous"}),
        ("Complete response: No; Partial response: Yes", {"response": "PR"}),
        ("Biopsy proven: no", {}),
        ("Male: no", {}),
        ("Female: yes", {"sex": "female"}),
    ],
)
def test_headings_that_name_a_value(text: str, facts: dict[str, object]) -> None:
    assert read(text).facts == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("ICF signed: Yes [ ] No [x]", {"icf_signed": False}),
        ("ICF signed: [x] Yes [x] No", {}),
        ("ICF signed: [ ] Yes [ ] No", {}),
        ("ICF_SIGNED=1 PD1_GIVEN=0", {"icf_signed": True, "anti_pd1": False}),
        ('{"icf_signed": false, "willing": true, "able": null}', {"icf_signed": False, "willing": True}),
        ("Response | PR | ICF signed | no | ECOG | 1", {"response": "PR", "icf_signed": False, "ecog": 1}),
        ("ICF signed:\nNo", {"icf_signed": False}),
        ("ICF signed:\nECOG: 1", {"ecog": 1}),
        ("Are metastases biopsied? No.", {"metastasis_biopsied": False}),
        ("ECOG 0-1 -> 1", {"ecog": 1}),
        ("CR or PR? -> PR", {"response": "PR"}),
        ("Metastasis biopsy: refused by him", {"metastasis_biopsied": False, "sex": "male"}),
        ("Contraceptoin agreed: No", {"contraception_agreed": False}),
        ("ICF: to be signed on Friday", {"icf_signed": False}),
        ("Therapy adequate (PI): yes - struck out", {}),
    ],
)
def test_layouts(text: str, facts: dict[str, object]) -> None:
    assert read(text).facts == facts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Biobank consent signed: yes", "icf_signed"),
        ("Consent for photography: yes", "icf_signed"),
        ("Able to swallow tablets: no", "able"),
        ("Able to give informed consent: yes", "able"),
        ("Willing to donate blood: no", "willing"),
        ("PD-L1 status: negative", "anti_pd1"),
        ("Partner fertile: vasectomy", "partner_childbearing_potential"),
        ("Adequacy: adequate, three cores", "therapy_adequate"),
        ("Wife: pregnant: no", "pregnancy_test_result"),
    ],
)
def test_look_alikes(text: str, fact: str) -> None:
    assert fact not in read(text).facts


@pytest.mark.parametrize(
    "text", ["Plan: sign on Monday", "History: asthma", "he is able and willing", "lesions > 3", ""]
)
def test_prose_is_no_form(text: str) -> None:
    assert cells(text) == []
