"""Metastases in words: sampled or not, seen or not, how many, from the start or later, and where the primary is."""

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
    ("text", "biopsied"),
    [
        ("the rib metastasis was needled under CT", True),
        ("T11 met, transpedicular biopsy: carcinoma", True),
        ("excision of the left lung metastasis, histologically confirmed", True),
        ("tissue won from the acetabular metastasis", True),
        ("Material: liver, core biopsy x2. Metastatic carcinoma.", True),
        ("mNPC, adrenal one biopsied", True),
        ("> Was the lung lesion sampled?\nIt was, last week.", True),
        ("Met biopsy: Yes; KPS: 80", True),
        ("No histological proof of distant disease was sought", False),
        ("biopsy of the liver metastasis was thought unnecessary", False),
        ("cytological proof of the bone mets was waived", False),
        ("pelvic metastasis, not biopsy-proven", False),
        ("four bone metastases on PET, none of them biopsied", False),
        ("M1b, three lesions, neither biopsied nor resected", False),
        ("There were mets in two ribs. Nobody put a needle in any of them.", False),
        ("only the primary was biopsied, M1", False),
        ("| Metastasis biopsied? | No |", False),
        ("Metastasis biopsied: [ ] yes [x] no", False),
        ("biopsy of the nasopharynx showed NPC with liver mets", None),
        ("liver mets, nasopharyngeal biopsy: WHO III", None),
        ("biopsy of the liver met is booked", None),
        ("neck node metastasis biopsied", None),
        ("liver biopsy in 2015 for hepatitis", None),
        ("breast lumpectomy with axillary sampling, node metastasis found", None),
    ],
)
def test_sampling_joins_an_act_to_a_metastasis(text: str, biopsied: bool | None) -> None:
    assert read(text)[0].get("metastasis_biopsied") == biopsied


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("M1a, three lesions on PET", True),
        ("MRI at baseline demonstrates no fewer than six metastases", True),
        ("Any mets on the staging CT? Yes, lung.", True),
        ("CT for low back pain showed metastases in L2", True),
        ("hepatic secondaries on ultrasound", True),
        ("radiologically occult metastasis", False),
        ("Metastases on imaging: [x] no [ ] yes", False),
        ("CT for metastases next week", None),
        ("MRI neck: nodal metastases, level III", None),
        ("cT2N1M0, CT: two lung nodules, benign", None),
    ],
)
def test_imaging(text: str, seen: bool | None) -> None:
    assert read(text)[0].get("metastasis_on_imaging") == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("CT showed none", False),
        ("not on CT, but the PET picked them up", True),
        ("visible on MRI before chemo", True),
        ("the scan was clean", False),
        ("no lung mets", None),
        ("so far only suspected", None),
    ],
)
def test_imaging_as_an_answer(text: str, seen: bool | None) -> None:
    assert read(text, "metastasis_on_imaging")[0].get("metastasis_on_imaging") == seen


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a pair of lung secondaries", 2),
        ("dozens of bone mets", 4),
        ("liver mets TNTC", 4),
        ("PET: no fewer than five metastases", 5),
        ("3 mets at the start, seven altogether now", 3),
        ("one bone met known, PET adds a second in the liver. Total 2.", 2),
        ("NPC with liver mets, diffuse bone pain", None),
        ("bone metastasis and disseminated intravascular coagulation", None),
        ("metastases in the spine, about three, and one in the sacrum", None),
        ("mets somewhere between two and five", None),
    ],
)
def test_counting(text: str, count: int | None) -> None:
    assert read(text)[0].get("metastatic_lesion_count") == count


@pytest.mark.parametrize(
    ("text", "timing"),
    [
        ("bone scan at dx shows 3 mets", "de_novo"),
        ("the mets came together with the primary", "de_novo"),
        ("M1 ab initio", "de_novo"),
        ("lung metastasis from a newly diagnosed NPC", "de_novo"),
        ("T2N1M0 in 2019 (CCRT), came back in the lung this summer", "metachronous"),
        ("NPC treated by chemoradiotherapy. Nine months later, liver metastases were found.", "metachronous"),
        ("originally T3N2M0 2017, bone secondaries 2026", "metachronous"),
        ("treated with IMRT in 2020, now bone mets", "metachronous"),
        ("at diagnosis no mets", None),
        ("nodal metastases at diagnosis, T1N1M0", None),
        ("a girl with recurrent headache who has been seen by many doctors since her childhood", None),
        ("NPC and a gastric adenocarcinoma which were diagnosed synchronously in the same month", None),
        ("after immunotherapy the patient is well and free from recurrence, NPC clinic letter", None),
        ("mets are a first diagnosis today", None),
    ],
)
def test_timing(text: str, timing: str | None) -> None:
    assert read(text)[0].get("metastasis_timing") == timing


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("lung nodule: metastasis from nasopharynx", "nasopharynx"),
        ("punch biopsy of the post nasal space positive", "nasopharynx"),
        ("Specimen: nasopharynx, biopsy. Diagnosis: non-keratinizing carcinoma.", "nasopharynx"),
        ("nasal pharyngeal carcinoma", "nasopharynx"),
        ("primary: clivus? no, nasopharynx", "nasopharynx"),
        ("tumour arises from the soft palate", "other"),
        ("primary origin in the lung", "other"),
        ("history of prostate cancer, on surveillance", None),
        ("carcinoma of the colon resected", None),
        ("nasopharynx biopsy negative", None),
        ("sinus infection, liver cirrhosis", None),
    ],
)
def test_primary_site(text: str, site: str | None) -> None:
    assert read(text)[0].get("primary_site") == site


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("right fossa of Rosenmüller", "nasopharynx"),
        ("roof of the nasopharynx", "nasopharynx"),
        ("it's in the right tonsil", "other"),
        ("hard palate", "other"),
        ("not the nasopharynx", "other"),
    ],
)
def test_primary_site_as_an_answer(text: str, site: str) -> None:
    assert read(text, "primary_site")[0].get("primary_site") == site


@pytest.mark.parametrize(
    ("text", "proof"),
    [
        ("proven both ways, histo and cyto", "both"),
        ("diagnosis not confirmed by cytology or biopsy", "none"),
        ("no cytological or histological proof", "none"),
        ("FNA neck (cytology) negative, punch biopsy of the nasopharynx positive", "histology"),
        ("non-keratinizing carcinoma, histologicaly confirmed", "histology"),
        ("colonoscopy with biopsy: polyp, no dysplasia found", None),
        ("ascitic fluid cytology in gastric carcinoma", None),
        ("NPC; lung mets (biopsy-proven)", None),
    ],
)
def test_confirmation(text: str, proof: str | None) -> None:
    assert read(text)[0].get("confirmation") == proof


@pytest.mark.parametrize(
    ("text", "histology"),
    [
        ("read as not keratinizing, subtype open", "nonkeratinizing_unspecified"),
        ("first keratinising, on review non-keratinising undifferentiated", "nonkeratinizing_undifferentiated"),
        (
            "non-keratinizing undifferentiated; basaloid type was considered and excluded",
            "nonkeratinizing_undifferentiated",
        ),
        ("non keratinizng carcinoma of the nasopharynx", "nonkeratinizing_unspecified"),
        ("left upper lobe: undifferentiated carcinoma", None),
        ("no keratinization seen", None),
    ],
)
def test_histology(text: str, histology: str | None) -> None:
    assert read(text)[0].get("histology") == histology


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("metastasis in liver segment IVB", {}),
        ("pressure injury stage III", {}),
        ("Parkinson stage II, stage 2 sleep reduced", {}),
        ("CKD stage 3b, NPC stage IVB (8th ed)", {"stage_group": "IVB", "staging_edition": 8}),
        ("AJCC-9 IVA, the 8th edition would have said IVB", {"stage_group": "IVA", "staging_edition": 9}),
        ("AJCC/UICC 2017, 8e", {"staging_edition": 8}),
        ("N-one, T-three, M-one", {"t_category": "T3", "n_category": "N1", "m_category": "M1"}),
        ("cT: 3 | cN: 2 | cM: 1a", {"t_category": "T3", "n_category": "N2", "m_category": "M1a"}),
        ("CT 3 weeks ago: PR", {}),
        ("M1 branch of the MCA", {}),
    ],
)
def test_stage_and_its_look_alikes(text: str, facts: dict[str, Any]) -> None:
    found = read(text)[0]
    staged = {name: value for name, value in found.items() if name.endswith("_category") or name.startswith("stag")}
    assert staged == facts


@pytest.mark.parametrize(
    ("text", "timing"),
    [
        ("first scan after GP: mets smaller", None),
        ("at diagnosis of the metastases she had 5 lesions", None),
        ("treated with GP for liver mets; 6 months later the mets had shrunk", None),
        ("NPC with mets 2024; IMRT 2025; new lung mets 2026", None),
        ("cervical metastases at diagnosis", None),
        ("no mets at diagnosis, then developed mucositis under RT", None),
        ("de novo M1b in 2025; two years later new bone mets", "de_novo"),
        ("stage II NPC 2017, IMRT. Liver mets found 2026.", "metachronous"),
        ("DFI 26 months, then lung mets", "metachronous"),
        ("Timing of mets: at diagnosis", "de_novo"),
        ("had bone mets already when NPC was diagnosed", "de_novo"),
    ],
)
def test_who_was_metastatic_cannot_become_so(text: str, timing: str | None) -> None:
    assert read(text)[0].get("metastasis_timing") == timing


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("brain MRI: no metastases; bone scan: 2 metastases", "metastasis_on_imaging", True),
        ("the biopsy came from the nasopharynx, not from the mets", "metastasis_biopsied", False),
        ("liver lesion: biopsy attempted but failed", "metastasis_biopsied", None),
        ("Mode of proof : biopsy : Metastases on imaging : yes", "metastasis_biopsied", None),
        ("Met tissue obtained: no", "metastasis_biopsied", False),
        ("N1 visit done, T2 weighted MRI normal", "n_category", None),
    ],
)
def test_neighbours_are_kept_apart(text: str, fact: str, value: object) -> None:
    assert read(text)[0].get(fact) == value
