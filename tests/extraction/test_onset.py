"""When the metastases appeared, told in clauses and in answers."""

from __future__ import annotations

from datetime import date

import pytest

from bot.extraction.reading import reader

TODAY = date(2026, 11, 22)


def timing(text: str, asked: str | None = None) -> object:
    return reader().read(text, asked, TODAY).facts.get("metastasis_timing")


@pytest.mark.parametrize(
    "text",
    [
        "Bone deposits and metastases were there already when the primary was discovered.",
        "He was M1 by the time the tumour was picked up.",
        "The NPC had spread to the liver when it came to light.",
        "Hepatic secondaries and the primary were discovered in the same week.",
        "NPC found in June together with two lung mets",
        "newly diagnosed, previously untreated, M1b NPC",
        "She already had lung metastases when she was first seen.",
        "Three rib deposits, all there at presentation; NPC, metastatic.",
    ],
)
def test_spread_and_first_finding_in_one_clause(text: str) -> None:
    assert timing(text) == "de_novo"


@pytest.mark.parametrize(
    "text",
    [
        "Her bone metastases cropped up 18 months after radical chemoradiotherapy.",
        "The primary was treated in 2022, the liver mets only appeared this spring.",
        "Within nine months of completing the primary treatment lung metastases became visible.",
        "He remained disease-free for four years before bone metastases were seen.",
        "NPC 2021 (T3N1M0), CCRT. Relapse in May 2026: lungs.",
    ],
)
def test_earlier_treatment_and_later_spread(text: str) -> None:
    assert timing(text) == "metachronous"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("both on the same scan", "de_novo"),
        ("right from the beginning", "de_novo"),
        ("they came with the primary", "de_novo"),
        ("no, a year and a half later", "metachronous"),
        ("afterwards", "metachronous"),
        ("they were not there at diagnosis", "metachronous"),
        ("after 4 cycles", None),
        ("in March", None),
    ],
)
def test_answers_to_the_question_for_the_timing(text: str, value: str | None) -> None:
    assert timing(text, "metastasis_timing") == value


@pytest.mark.parametrize(
    "text",
    [
        "No metastases when she was first diagnosed with NPC.",
        "Neck node metastases when first seen, NPC.",
        "When he was seen last week the mets were smaller.",
        "Restaging: primary and liver mets gone at the same time.",
        "He presented with spinal metastases of the bronchial carcinoma.",
        "The mets were irradiated 3 months after radiotherapy to the neck.",
    ],
)
def test_one_moment_that_is_not_the_first_diagnosis(text: str) -> None:
    assert timing(text) is None


def test_m0_before_a_relapse_is_no_m_category() -> None:
    reading = reader().read("NPC T2N1M0 2021, chemoradiation. Relapse 2026 with liver metastases.", None, TODAY)
    assert "m_category" not in reading.facts
