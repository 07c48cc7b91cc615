"""T, N, M, stage, edition, number of lesions and metastases in words."""

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
    ("text", "facts"),
    [
        ("cT3N2M1", {"t_category": "T3", "n_category": "N2", "m_category": "M1"}),
        ("T3 N3b M0", {"t_category": "T3", "n_category": "N3", "m_category": "M0"}),
        ("TxN2M1b", {"t_category": "TX", "n_category": "N2", "m_category": "M1b"}),
        ("T2, N1, M1a", {"t_category": "T2", "n_category": "N1", "m_category": "M1a"}),
        ("FT3/FT4 normal; T4N2M1", {"t_category": "T4", "n_category": "N2", "m_category": "M1"}),
        ("T category: T4", {"t_category": "T4"}),
        ("ycT0N0M0 after chemo; at diagnosis T4N3M1", {"t_category": "T4", "n_category": "N3", "m_category": "M1"}),
        ("Free T3 and T4 normal on toripalimab", {}),
        ("T3 1.8 nmol/L, TSH 2", {}),
        ("mets in T4, T7 and L2", {}),
        ("T2-weighted signal, T1 post contrast", {}),
        ("mother had T3N2M1 NPC", {}),
    ],
)
def test_categories(text: str, facts: dict[str, str]) -> None:
    found = read(text)[0]
    assert {name: value for name, value in found.items() if name.endswith("_category")} == facts


@pytest.mark.parametrize(
    ("text", "group", "edition"),
    [
        ("stage IVB, AJCC 9th edition", "IVB", 9),
        ("stage IV B AJCC8", "IVB", 8),
        ("IVA per AJCC 9", "IVA", 9),
        ("stage IVB (7th ed)", "IVB", 7),
        ("staged IVB 9th", "IVB", 9),
        ("Stage: 4b", "IVB", None),
        ("stage IVB by AJCC 8, that is IVA in the 9th edition", "IVA", 9),
        ("IVB期, 第9版", "IVB", 9),
        ("T3N2M1 (9th)", None, 9),
        ("IV cisplatin and IV fluids", None, None),
        ("IVC filter", None, None),
        ("level IVB nodes", None, None),
        ("CKD stage 3", None, None),
        ("grade III mucositis, phase III trial", None, None),
        ("stable disease after 4 cycles", None, None),
        ("chemoradiotherapy for stage III NPC in 2019", None, None),
        ("stage IVB diagnosed 9th of March", "IVB", None),
        ("CTCAE version 5, ICF version 8", None, None),
        ("edition 8 of the protocol", None, None),
        ("AJCC 8/9", None, None),
    ],
)
def test_stage_and_edition(text: str, group: str | None, edition: int | None) -> None:
    found = read(text)[0]
    assert (found.get("stage_group"), found.get("staging_edition")) == (group, edition)


@pytest.mark.parametrize("text", ["M1?", "M1a or M1b? Nobody counted", "MX", "M1 probably"])
def test_an_open_m_category_is_asked(text: str) -> None:
    facts, asks = read(text)
    assert "m_category" not in facts
    assert "m_category" in asks


def test_the_letters_of_version_9_say_only_m1_under_another_edition() -> None:
    assert read("T3N2M1b, AJCC 8th edition")[0]["m_category"] == "M1"
    assert read("M1a in the SYSUCC subdivision")[0]["m_category"] == "M1"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4 lung nodules + 1 liver, stage IVB", 5),
        ("bone and liver mets, 5 in all", 5),
        ("solitary bone met", 1),
        ("3 liver and 2 bone metastases", 5),
        ("seven metastatic lesions (liver four, bones three)", 7),
        ("innumerable liver metastases", 4),
        (">3 metastatic lesions", 4),
        ("at least 4 bone metastases", 4),
        ("baseline ten lesions, now one", 10),
        ("uptake in two of the four bone metastases", 4),
        ("no. of mets at baseline = 6", 6),
        ("mets: liver x2, bone x3", 5),
        ("bone and liver metastases", None),
        ("mets in three organs", None),
        ("3 cm liver metastasis", None),
        ("liver lesion 3 cm, metastatic", None),
        ("segment 4 liver metastasis", None),
        ("GP x6 for bone mets", None),
        ("now 1 residual liver met after 6 cycles", None),
        ("biopsy of the lung metastasis on 3 March", None),
        ("2 retropharyngeal nodes, bone mets", None),
        ("liver lesions: 2 cysts", None),
        ("solitary lung nodule 8 mm, too small to characterise", None),
        ("Mets: 1 liver (S6), 2 ribs, 1 L2", 4),
    ],
)
def test_metastatic_lesions_are_counted_not_organs(text: str, number: int | None) -> None:
    assert read(text)[0].get("metastatic_lesion_count") == number


@pytest.mark.parametrize(
    "text",
    [
        "multiple bone mets",
        "2-4 liver mets",
        "oligometastatic",
        "2 liver mets and bone mets",
        "mets: lung (multiple), liver (2)",
        "about 6 bone mets",
        "2 axillary node mets",
        "at least 3 metastatic lesions",
        "up to three liver mets",
    ],
)
def test_a_number_that_is_not_settled_is_asked(text: str) -> None:
    facts, asks = read(text)
    assert "metastatic_lesion_count" not in facts
    assert "metastatic_lesion_count" in asks


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", 5), ("five lesions", 5), (">3", 4), ("bone and liver, 5 in all", 5), ("two", 2), ("3 liver 2 bone", 5)],
)
def test_a_bare_number_answers_the_question_for_the_count(text: str, value: int) -> None:
    assert read(text, "metastatic_lesion_count")[0].get("metastatic_lesion_count") == value


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("bone mets on PET-CT", "metastasis_on_imaging", True),
        ("CT chest: 2 lung mets", "metastasis_on_imaging", True),
        ("baseline PET-CT without metastases", "metastasis_on_imaging", False),
        ("mets on imaging: no", "metastasis_on_imaging", False),
        ("no mets now on PET after 6 cycles", "metastasis_on_imaging", None),
        ("suspicious for liver mets on CT", "metastasis_on_imaging", None),
        ("cervical lymph node metastasis on MRI", "metastasis_on_imaging", None),
        ("biopsy-proven liver mets", "metastasis_biopsied", True),
        ("liver met not biopsied", "metastasis_biopsied", False),
        ("five bone metastases; they were not biopsied", "metastasis_biopsied", False),
        ("liver biopsy of the met pending", "metastasis_biopsied", None),
        ("de novo metastatic NPC", "metastasis_timing", "de_novo"),
        ("metastatic to bone at diagnosis", "metastasis_timing", "de_novo"),
        ("lung mets 2 years after CCRT", "metastasis_timing", "metachronous"),
        ("no recurrence", "metastasis_timing", None),
        ("ECOG 1 at diagnosis", "metastasis_timing", None),
        ("R/M NPC", "metastasis_timing", None),
        ("cT3N2, no distant metastasis", "m_category", "M0"),
        ("clivus and C2 invaded, no mets", "m_category", "M0"),
        ("no metastasis visible any more after 6 cycles of GP", "m_category", None),
        ("no liver mets, 2 bone mets, T3N2", "m_category", None),
        ("stage IVB before, now M0", "m_category", None),
    ],
)
def test_metastases_in_words(text: str, fact: str, value: object) -> None:
    assert read(text)[0].get(fact) == value


@pytest.mark.parametrize(
    "text",
    [
        "cT3N1M0, 3 metastatic lesions",
        "cT4N0M1, lung metastases",
        "stage cT2 N1 M1 bone mets",
        "cT 4 N2 M1, liver mets",
    ],
)
def test_the_ct_of_a_clinical_t_category_is_no_imaging(text: str) -> None:
    """A wrong "seen on imaging" would let a criterion pass."""
    reading = reader("en").read(text, asked=None, reference_date=date(2026, 11, 22))
    assert "metastasis_on_imaging" not in reading.facts
