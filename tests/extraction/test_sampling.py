"""Was a metastasis sampled, how was the diagnosis confirmed: the two are kept apart."""

from __future__ import annotations

from datetime import date

import pytest

from bot.extraction.reading import reader

TODAY = date(2026, 11, 22)


def read(text: str, asked: str | None = None) -> dict[str, object]:
    return dict(reader().read(text, asked, TODAY).facts)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NPC; EBUS of a hilar node confirmed metastatic carcinoma", True),
        ("NPC with deposits in the liver, the larger one was cored", True),
        ("NPC. Relapse in the lungs, biopsy of the largest consistent with NPC.", True),
        ("NPC, metastatic site (rib) was needled under CT: same cells", True),
        ("mNPC, 4 liver mets on MRI (not biopsied)", False),
        ("NPC. Rib lesions were counted at two on PET and were never sampled.", False),
        ("Biopsy of metastasis -> not done", False),
        ("NPC: liver lesion biopsied, haemangioma", None),
        ("Lung mass biopsy shows adenocarcinoma, stage IV, EGFR mutated, referred to thoracic oncology", None),
        ("In 2008 she had a brain tumour removed and was left with weakness of the arm.", None),
    ],
)
def test_sampling_of_a_metastasis(text: str, value: bool | None) -> None:
    assert read(text).get("metastasis_biopsied") is value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("bone was classical on MRI so no", False),
        ("no need, typical on PET", False),
        ("planned for next week", None),
    ],
)
def test_answers_to_the_question_for_a_biopsy(text: str, value: bool | None) -> None:
    assert read(text, "metastasis_biopsied").get("metastasis_biopsied") is value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 lung mets on CT (not biopsied), NPC", None),
        ("Liver mets (not biopsied) and a biopsied primary, NPC", "histology"),
        ("path-proven NPC", "histology"),
        ("Clinical diagnosis: NPC, T3N2M1", None),
        ("NPC on clinical diagnosis only, no biopsy", "none"),
        ("NPC; never had tissue, treated on the MRI picture", "none"),
        ("Nasopharynx pathology (2026-03-04): non-keratinizing carcinoma", "histology"),
        ("Transbronchial biopsy showed granulomas with giant cells, culture pending", None),
        ("Core biopsy showed a ductal breast carcinoma of 2 cm", None),
        ("Seen by her primary care doctor, a lymph node biopsy was done for fever", None),
    ],
)
def test_confirmation_of_the_primary(text: str, value: str | None) -> None:
    assert read(text).get("confirmation") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I had it for melanoma some years ago", None),
        ("we feared he had lymphoma", None),
        ("may transform to lymphoma in some people", None),
        ("The nasopharyngeal mass turned out to be lymphoma", "other"),
        ("Histology: mucosal melanoma", "other"),
    ],
)
def test_another_tumour_counts_only_where_it_is_stated(text: str, value: str | None) -> None:
    assert read(text).get("histology") == value
