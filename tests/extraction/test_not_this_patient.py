"""Fields left empty, drugs that were not given, other people's illness and signatures: nothing of it is a fact."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extraction import reader

TODAY = date(2026, 11, 22)


def read(text: str, asked: str | None = None) -> dict[str, Any]:
    return dict(reader().read(text, asked, TODAY).facts)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Metastases on imaging: none", {"metastasis_on_imaging": False}),
        ("Mets on PET-CT: nil", {"metastasis_on_imaging": False}),
        ("Platinum doublet: none", {"platinum_doublet": False}),
        ("PD-1 antibody: nil", {"anti_pd1": False}),
        ("Immunotherapy: nil", {"anti_pd1": False}),
        ("Willing and able: no", {"willing": False, "able": False}),
        ("Childbearing potential: nil", {"childbearing_potential": False}),
        ("Postmenopausal: no", {"childbearing_potential": True}),
        ("De novo: no", {}),
        ("PR: no", {}),
        ("Progression: none", {}),
        ("Keratinizing: no", {}),
        ("Cisplatin: nil", {}),
        ("Liver mets: nil", {}),
        ("Histological confirmation: none", {}),
    ],
)
def test_a_labelled_field_that_is_denied(text: str, facts: dict[str, Any]) -> None:
    assert read(text) == facts


@pytest.mark.parametrize(
    "text",
    ["no PD-1 given", "never had anti-PD-1", "GP x6 without PD-1", "refused PD-1 antibody",
     "declined anti-PD-1, GP only",
     "PD-1 antibody omitted because of hepatitis", "she did not get a PD-1 antibody", "anti-PD-1 was never started"],
)  # fmt: skip
def test_a_pd1_antibody_that_was_not_given(text: str) -> None:
    assert read(text)["anti_pd1"] is False


@pytest.mark.parametrize(
    "text",
    ["will start tori", "GP x6, will start tori next week", "switched to durvalumab maintenance",
     "plan: add camrelizumab",
     "plan: GP + tori", "GP x4, plan to add camrelizumab", "tori planned", "to receive GP + toripalimab",
     "considering sintilimab", "awaiting approval for toripalimab", "GP x6, tori to be started after RT"],
)  # fmt: skip
def test_drugs_still_to_come_or_given_later_are_not_the_regimen(text: str) -> None:
    assert "io_agents" not in read(text)


def test_the_drug_of_a_later_line_is_not_the_regimens() -> None:
    assert read("GP + tori x6, later switched to pembrolizumab for progression")["io_agents"] == ["toripalimab"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [("ICF signed by son", None), ("ICF signed by his wife on 12 Nov 2026", None), ("wife signed the ICF", None),
     ("consent form signed by the legal guardian", None), ("her daughter signed the consent form today", None),
     ("ICF signed by the investigator on 12 Nov 2026", None), ("signed by husband", "icf_signed"), ("son signed",
     "icf_signed"),
     ("signed by guardian today", "icf_date")],
)  # fmt: skip
def test_somebody_elses_signature_is_asked_about(text: str, asked: str | None) -> None:
    reading = reader().read(text, asked, TODAY)
    assert not {"icf_signed", "icf_date"} & set(reading.facts)
    assert "icf_signed" in {ask.fact for ask in reading.asks}


@pytest.mark.parametrize(
    "text",
    ["mother had WHO type II NPC stage IVB", "sister treated with GP x6, CR", "Father had NPC, PR after GP",
     "father had NPC and got PR after GP x6 plus tori", "her brother: NPC, undifferentiated, M1",
     "family history: mother NPC stage IVB, M1", "uncle died of NPC after cisplatin",
     "breast cancer 2012, stage II, treated with docetaxel and carboplatin, CR",
     "history of lymphoma, CR after chemo",
     "previous breast ca: PR after paclitaxel", "colon cancer 2010 stage III, oxaliplatin + capecitabine x8"],
)  # fmt: skip
def test_the_illness_of_a_relative_or_an_earlier_one_is_not_this_one(text: str) -> None:
    assert set(read(text)) <= {"sex"}


def test_no_family_history_takes_nothing_from_the_patient() -> None:
    assert read("no family history of NPC, cT3N2M1, GP x6, PR")["response"] == "PR"


def test_an_earlier_cancer_takes_nothing_from_this_one() -> None:
    facts = read("46M NPC, prev thyroid ca 2010, cT3N2M1 stage IVB, GP x6, PR")
    assert (facts["stage_group"], facts["response"], facts["chemo_cycles"]) == ("IVB", "PR", 6)


def test_after_a_relative_the_patient_is_read_again() -> None:
    assert read("Father had NPC, PR after GP. Pt 54M, ECOG 1") == {"age_years": 54, "sex": "male", "ecog": 1}


@pytest.mark.parametrize(
    "text",
    ["tumour invades skull base and sphenoid sinus", "extension into the nasal cavity",
     "involvement of the maxillary sinus",
     "bone invasion of the clivus"],
)  # fmt: skip
def test_invasion_is_no_other_primary(text: str) -> None:
    assert "primary_site" not in read(text)


@pytest.mark.parametrize(
    "text", ["no tissue from the liver lesion", "no biopsy of the bone lesion", "liver lesion not biopsied"]
)
def test_an_unsampled_metastasis_says_nothing_of_the_diagnosis(text: str) -> None:
    assert "confirmation" not in read(text)


@pytest.mark.parametrize("text", ["biopsy proven, bone mets", "confirmed by histology, bone mets on PET-CT"])
def test_a_comma_leaves_the_proof_to_the_diagnosis(text: str) -> None:
    assert read(text)["confirmation"] == "histology"
    assert "metastasis_biopsied" not in read(text)


def test_reasons_are_sentences_for_staff() -> None:
    texts = ["03/04/2026 ICF signed", "ECOG 1-2", "GP x4 then carbo instead of cis for last 2", "M0 or M1",
     "response PR?",
             "multiple mets", "T2-3N1M1", "LMP 2014?", "immunotherapy x6", "maybe WHO II",
     "cisplatin or carboplatin"]  # fmt: skip
    for text in texts:
        for ask in reader().read(text, "icf_date", TODAY).asks:
            assert ask.reason[0].isupper() or ask.reason[0] in "\"'", ask
            assert ask.reason[-1] in ".?!" and not ask.reason.endswith("?."), ask
