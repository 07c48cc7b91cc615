"""Tumour type, confirmation and primary site, in the words of notes; every look-alike has its counter-example."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extraction import reader
from bot.extraction.fuzzy import Speller

DAY = date(2026, 11, 22)
NK, DIFF, UNDIFF = (
    "nonkeratinizing_unspecified",
    "nonkeratinizing_differentiated",
    "nonkeratinizing_undifferentiated",
)


def read(text: str, asked: str | None = None) -> tuple[dict[str, Any], set[str]]:
    """The facts of a text, and the facts that it makes the reader ask about."""
    reading = reader("en").read(text, asked, DAY)
    return dict(reading.facts), {ask.fact for ask in reading.asks}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NPC, non-keratinising carcinoma", NK),
        ("nasopharyngeal biopsy: NKC", NK),
        ("nonkeratinizing squamous cell carcinoma, differentiated subtype", DIFF),
        ("Non keratinising NPC, undifferentiated", UNDIFF),
        ("NPC, WHO III", UNDIFF),
        ("WHO type 2 tumour", DIFF),
        ("NPC WHO 2b", UNDIFF),
        ("WHO II/III NPC", NK),
        ("lymphoepithelioma of the nasopharynx", UNDIFF),
        ("UCNT", UNDIFF),
        ("ICD-O 8072/3", NK),
        ("鼻咽非角化性癌,未分化型", UNDIFF),
        ("keratinizing squamous cell carcinoma of the nasopharynx", "keratinizing"),
        ("basaloid SCC of the nasopharynx", "basaloid"),
        ("adenoid cystic carcinoma of the nasopharynx", "other"),
        ("nasopharyngeal NK/T-cell lymphoma", "other"),
        ("poorly differentiated non-keratinizing carcinoma", NK),
        ("nonkeratinsing carcinoma, undiferentiated", UNDIFF),
    ],
)
def test_a_named_type_is_read(text: str, value: str) -> None:
    assert read(text)[0].get("histology") == value


@pytest.mark.parametrize(
    "text",
    [
        "NPC",  # a site, no type
        "WHO performance status 1",
        "WHO grade 3 mucositis",
        "the patient who 2 weeks ago had a scan",
        "non-smoker with NPC",
        "lymphoma was ruled out",
        "breast adenocarcinoma 2012, now mNPC",
        "mother has keratinizing NPC",
        "type 2 diabetes and NPC",
        "SCC antigen 2.1, NPC",
        "adenocarcinoma of the lung in 2009, NPC now",
    ],
)
def test_a_look_alike_is_no_type(text: str) -> None:
    assert "histology" not in read(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "NPC, poorly differentiated SCC",
        "WHO 1, works as cashier",
        "non-keratinizing with basaloid features",
        "nn-keratinizing carcinoma",
        "probably WHO III",
        "non-keratinizing, differentiated and undifferentiated components",
    ],
)
def test_what_the_words_leave_open_is_asked(text: str) -> None:
    facts, asks = read(text)
    assert "histology" not in facts
    assert "histology" in asks


@pytest.mark.parametrize(
    ("text", "value"),
    [("III", UNDIFF), ("type 2", DIFF), ("WHO 1", "keratinizing"), ("undifferentiated", UNDIFF), ("other", "other")],
)
def test_a_bare_answer_is_read_once_the_histology_was_asked_for(text: str, value: str) -> None:
    assert read(text, "histology")[0] == {"histology": value}


def test_a_bare_number_is_no_histology_unless_it_was_asked_for() -> None:
    assert read("III")[0] == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("biopsy-proven NPC", "histology"),
        ("histologically confirmed NPC", "histology"),
        ("FNA of a neck node showed carcinoma", "cytology"),
        ("FNA positive, then biopsy of the nasopharynx confirmed", "both"),
        ("no biopsy, diagnosed on imaging and EBV DNA", "none"),
        ("FNA of the neck node, no biopsy of the primary", "cytology"),
        ("NPC, biopsy planned next week", None),
        ("pathology pending", None),
        ("liver biopsy proven metastasis", None),  # the metastasis, not the primary
        ("bone marrow biopsy normal", None),
        ("histological type II", None),
        ("biopsy was non-diagnostic", None),
        ("pathological fracture of the femur", None),
    ],
)
def test_how_the_diagnosis_was_confirmed(text: str, value: str | None) -> None:
    assert read(text)[0].get("confirmation") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("metastatic NPC", "nasopharynx"),
        ("carcinoma of the nasopharynx", "nasopharynx"),
        ("primary: nasopharynx", "nasopharynx"),
        ("鼻咽癌", "nasopharynx"),
        ("oropharyngeal SCC", "other"),
        ("tumour arising from the hypopharynx", "other"),
        ("NPC extending into the oropharynx", "nasopharynx"),
        ("mother died of NPC", None),
        ("NPC clinic on Tuesday", None),
        ("breast ca, PR positive", None),
        ("primary: lung", "other"),
        ("nasopharynx clear", None),
        ("?NPC", None),
    ],
)
def test_the_primary_site(text: str, value: str | None) -> None:
    assert read(text)[0].get("primary_site") == value


def test_one_letter_between_two_diagnoses_is_never_put_right() -> None:
    speller = Speller({"differentiated": "d", "undifferentiated": "u", "cisplatin": "c", "carboplatin": "k"})
    assert speller.correct("undiferentiated") == "undifferentiated"
    assert speller.correct("ndifferentiated") == "ndifferentiated"
    assert speller.correct("cisplatine") == "cisplatin"
    assert speller.correct("platin") == "platin"


def test_a_real_word_is_left_alone() -> None:
    speller = Speller({"gemcitabine": "g"}, neighbours=["decitabine"])
    assert speller.correct("decitabine") == "decitabine"
    assert speller.correct("decitabin") == "decitabin"
