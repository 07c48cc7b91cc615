"""Lesions told one by one, in a bracket, or beside numbers that count something else."""

from __future__ import annotations

from datetime import date

import pytest

from bot.extraction.reading import reader

TODAY = date(2026, 11, 22)


def count(text: str, asked: str | None = None) -> object:
    return reader().read(text, asked, TODAY).facts.get("metastatic_lesion_count")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("one in T9, one in the right ilium and one in the liver", 3),
        ("a single one, in L2", 1),
        ("L1 and L4", 2),
        ("5 (liver x3, rib x2)", 5),
        ("three in the liver, two in the spine", 5),
        ("2 lung, 1 liver and some bone", None),
        ("one each in liver and lung", None),
    ],
)
def test_answers_told_one_by_one(text: str, value: int | None) -> None:
    assert count(text, "metastatic_lesion_count") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NPC with spread to bone: six bony deposits (three ribs, T10, L5, left femur)", 6),
        ("NPC, lung metastases: 3 right, 1 left", 4),
        ("NPC. Metastatic deposits in T3, T7 and L1 and one in segment IV of the liver.", 4),
        ("NPC. Bone lesions were counted at four on PET.", 4),
        ("NPC, liver + bone mets on PET, 7 lesions", 7),
        ("NPC M1: CT lung, 2 nodules + bone scan 2 ribs", 4),
        ("mNPC, mets to liver at dx (x3 on CT)", 3),
        ("NPC with liver mets. T3 1.4, T4 90.", None),
        ("NPC M1, 7 METs on the treadmill", None),
        ("NPC M1, mediastinal + axillary nodes and 1 adrenal met", None),
    ],
)
def test_counts_in_running_text(text: str, value: int | None) -> None:
    assert count(text) == value


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("NPC. PET-CT: 3 nodules in the lung, metastatic", {}),
        ("dictated: stage T two N one M one B period", {"t_category": "T2", "n_category": "N1", "m_category": "M1b"}),
        ("TSTAGE;3; NSTAGE;1; MSTAGE;1b;", {"t_category": "T3", "n_category": "N1", "m_category": "M1b"}),
        (
            "NPC T2N2M1b; colon adenocarcinoma 2011 (T3N1M0)",
            {"t_category": "T2", "n_category": "N2", "m_category": "M1b"},
        ),
    ],
)
def test_categories(text: str, facts: dict[str, str]) -> None:
    found = reader().read(text, None, TODAY).facts
    assert {key: found.get(key) for key in ("t_category", "n_category", "m_category") if key in found} == facts


def test_an_edition_in_words() -> None:
    assert reader().read("NPC T1N2M1, he calls it IVA in the ninth", None, TODAY).facts["staging_edition"] == 9
