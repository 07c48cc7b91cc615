"""Drugs and regimens: brands, codes, Chinese names, short names, misspellings, and what only looks like one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.catalogue import drugs as known_drugs
from bot.extraction import reader
from bot.extraction.lexicon import lexicon

# Read as what they are called; until data/drugs.yml gives them a kind, the criteria ask about them.
STILL_WITHOUT_A_KIND = {"mitomycin", "chidamide", "famitinib", "lenvatinib"}
DAY = date(2026, 11, 22)


def read(text: str, asked: str | None = None) -> tuple[dict[str, Any], set[str]]:
    """The facts of a text, and the facts that it makes the reader ask about."""
    reading = reader("en").read(text, asked, DAY)
    return dict(reading.facts), {ask.fact for ask in reading.asks}


@pytest.mark.parametrize("group", ["chemotherapy", "immunotherapy", "targeted"])
def test_every_drug_of_the_lexicon_has_a_kind_in_the_catalogue(group: str) -> None:
    missing = set(lexicon("en")["drugs"][group]) - set(known_drugs())
    assert missing <= STILL_WITHOUT_A_KIND


def test_every_agent_of_a_regimen_is_a_drug_of_the_lexicon() -> None:
    chemotherapy = set(lexicon("en")["drugs"]["chemotherapy"])
    for name, entry in lexicon("en")["regimens"]["regimens"].items():
        assert set(entry.get("agents", ())) <= chemotherapy, name


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("GP x6", ["cisplatin", "gemcitabine"]),
        ("gem/cis 4 cycles", ["cisplatin", "gemcitabine"]),
        ("gem 1000 d1,8 + cis 80 d1", ["cisplatin", "gemcitabine"]),
        ("gemcitibine and cisplatine", ["cisplatin", "gemcitabine"]),
        ("吉西他滨+顺铂", ["cisplatin", "gemcitabine"]),
        ("gemzar + ddp x 6", ["cisplatin", "gemcitabine"]),
        ("Abraxane with CDDP", ["cisplatin", "paclitaxel"]),
        ("cisplatin/5-FU", ["cisplatin", "fluorouracil"]),
        ("TPF x3 chemo", ["cisplatin", "docetaxel", "fluorouracil"]),
        ("GX regimen", ["capecitabine", "gemcitabine"]),
        ("GP says BP is fine; docetaxel-cisplatin x4", ["cisplatin", "docetaxel"]),
        ("seen by his GP last week", None),
        ("the GP stopped metformin", None),
        ("carcinoma in situ (CIS)", None),
        ("total protein (TP) 70, AP view normal", None),
        ("azacitidine and decitabine", None),
        ("carbo loading diet", None),
        ("GP completed the form", None),
    ],
)
def test_chemotherapy(text: str, agents: list[str] | None) -> None:
    assert read(text)[0].get("chemo_agents") == agents


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("GP + tori", ["toripalimab"]),
        ("GP with Tyvyt", ["sintilimab"]),
        ("SHR-1210 with GP", ["camrelizumab"]),
        ("GP plus KL-A167 x6", ["tagitanlimab"]),
        ("特瑞普利单抗", ["toripalimab"]),
        ("toripalumab with GP", ["toripalimab"]),
        ("GP + AK112", ["ivonescimab"]),
        ("PD-L1 TPS 60%", None),
        ("rituximab for lymphoma in 2010", None),
    ],
)
def test_immunotherapy(text: str, agents: list[str] | None) -> None:
    assert read(text)[0].get("io_agents") == agents


def test_one_antibody_is_never_read_for_another() -> None:
    names = lexicon("en")["drugs"]["immunotherapy"]
    for name in names:
        if " " not in name:
            assert read(f"GP + {name}")[0].get("io_agents") == [name]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("GP + anti-PD-1 antibody", True),
        ("on PD-1 q3w, 5 doses", True),
        ("GP x6, no immunotherapy given", False),
        ("PD-1 positive tumour", None),
        ("PD-L1 CPS 20", None),
        ("GP + PD-1/PD-L1 inhibitor", None),
        ("GP + immunotherapy", None),
        ("anti-PD-L1 (not PD-1) with GP", False),
    ],
)
def test_the_class_pd_1_where_no_drug_is_named(text: str, value: bool | None) -> None:
    assert read(text)[0].get("anti_pd1") == value


@pytest.mark.parametrize(
    "text",
    [
        "GP + immunotherapy",
        "GP + PD-1/PD-L1 inhibitor",
        "GP + enfortumimab",
        "GP with toripalimab or placebo, blinded",
        "GP x4 then toripalimab maintenance",
        "probably toripalimab with GP",
    ],
)
def test_an_antibody_that_is_not_named_for_certain_is_asked(text: str) -> None:
    facts, asks = read(text)
    assert "io_agents" not in facts
    assert "io_agents" in asks


def test_letters_with_two_readings_state_the_doublet_and_ask_for_the_drugs() -> None:
    facts, asks = read("TP x 6 + tislelizumab")
    assert facts["platinum_doublet"] is True
    assert "chemo_agents" not in facts
    assert "chemo_agents" in asks


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("platinum doublet x4", True),
        ("never had platinum", False),
        ("platinum doublet: no", False),
        ("platinum-based chemotherapy", None),
    ],
)
def test_a_doublet_that_is_stated_as_such(text: str, value: bool | None) -> None:
    assert read(text)[0].get("platinum_doublet") == value


def test_targeted_drugs_are_kept_apart_from_the_doublet() -> None:
    facts, _ = read("GP with nimotuzumab and apatinib")
    assert facts["chemo_agents"] == ["cisplatin", "gemcitabine"]
    assert facts["other_agents"] == ["apatinib", "nimotuzumab"]


@pytest.mark.parametrize("text", ["GP", "gp", "cis gem", "GP regimen"])
def test_bare_letters_answer_the_question_for_the_drugs(text: str) -> None:
    assert read(text, "chemo_agents")[0].get("chemo_agents") == ["cisplatin", "gemcitabine"]


@pytest.mark.parametrize("name", ["enlonstobart", "sasanlimab", "relatlimab"])
def test_an_antibody_with_no_entered_target_is_asked(name: str) -> None:
    facts, asks = read(f"GP + {name}")
    assert "io_agents" not in facts
    assert "io_agents" in asks
