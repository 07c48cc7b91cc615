"""A second, independently written reading of the eight inclusion criteria, to catch mistakes in the core.

Written from the contract's table and the clinical reference alone, by someone who had not seen the core,
its catalogue or the protocol file, and kept as plain Python on purpose: no rule language, no shared helper,
no shared list of drugs. Where the two disagree, one of them has misread the contract. It must therefore never
import anything from ``bot``.

A status is a plain string: ``met``, ``not_met``, ``unknown``, ``review``, ``not_applicable``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

Facts = Mapping[str, Any]

CRITERIA = (
    "age",
    "consent",
    "first_line_response",
    "histology",
    "stage",
    "ecog",
    "female_reproductive",
    "male_contraception",
)
"""Criterion ids in the contract's order."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


PLATINUMS = _names("cisplatin carboplatin nedaplatin lobaplatin oxaliplatin")
OTHER_CYTOTOXICS = _names(
    """gemcitabine docetaxel paclitaxel fluorouracil capecitabine tegafur vinorelbine methotrexate pemetrexed
    irinotecan etoposide ifosfamide cyclophosphamide bleomycin epirubicin doxorubicin vincristine"""
)
TARGETED = _names("bevacizumab cetuximab nimotuzumab apatinib anlotinib endostar")
PD1_ANTIBODIES = _names(
    """toripalimab camrelizumab tislelizumab sintilimab penpulimab pembrolizumab nivolumab zimberelimab
    serplulimab pucotenlimab finotonlimab cemiplimab dostarlimab retifanlimab"""
)
PDL1_ANTIBODIES = _names(
    """atezolizumab durvalumab avelumab cosibelimab tagitanlimab adebrelimab socazolimab sugemalimab
    envafolimab benmelstobart"""
)
PD1_BISPECIFICS = _names("cadonilimab ivonescimab iparomlimab/tuvonralimab")
OTHER_IMMUNE = _names("ipilimumab tremelimumab")
CHEMOTHERAPY = PLATINUMS | OTHER_CYTOTOXICS
LISTED = CHEMOTHERAPY | TARGETED | PD1_ANTIBODIES | PDL1_ANTIBODIES | PD1_BISPECIFICS | OTHER_IMMUNE

NON_KERATINIZING = frozenset(
    {"nonkeratinizing_differentiated", "nonkeratinizing_undifferentiated", "nonkeratinizing_unspecified"}
)
WINDOW_DAYS = 7


def second_opinion(facts: Facts, reference_date: date, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Judge one candidate.

    facts: name -> JSON-able value or None (dates as ISO strings or ``date``); absent is the same as None.
    settings: ``m1a_policy`` (review, not_met, met; default review) and ``min_chemo_cycles`` (int or None).
    Returns {"decision": str, "criteria": {criterion id: status}}, criteria in the contract's order.
    Source: the contract, section 2.
    """
    min_cycles = settings.get("min_chemo_cycles")
    m1a_policy = settings.get("m1a_policy") or "review"
    criteria = {
        "age": age(facts, reference_date),
        "consent": consent(facts),
        "first_line_response": first_line_response(facts, min_cycles),
        "histology": histology(facts),
        "stage": stage(facts, m1a_policy),
        "ecog": ecog(facts),
        "female_reproductive": female_reproductive(facts),
        "male_contraception": male_contraception(facts),
    }
    return {"decision": decide(criteria.values()), "criteria": criteria}


def decide(statuses: Iterable[str]) -> str:
    """The overall decision from the eight statuses."""
    seen = set(statuses)
    if "not_met" in seen:
        return "excluded"
    if "unknown" in seen:
        return "incomplete"
    if "review" in seen:
        return "needs_review"
    return "meets_inclusion"


def all_of(*parts: str) -> str:
    """The contract's order for parts that must all hold: not met, unknown, review, met."""
    for status in ("not_met", "unknown", "review"):
        if status in parts:
            return status
    return "met"


def yes(value: bool | None) -> str:
    """A statement that must be true."""
    if value is None:
        return "unknown"
    return "met" if value else "not_met"


def one_of(value: str | None, wanted: Iterable[str]) -> str:
    """A value that must be among those wanted."""
    if value is None:
        return "unknown"
    return "met" if value in wanted else "not_met"


def day(facts: Facts, name: str) -> date | None:
    """A date fact, from its ISO string where it is one."""
    value = facts.get(name)
    return date.fromisoformat(value) if isinstance(value, str) else value


# --- age ------------------------------------------------------------------------------------------


def age(facts: Facts, today: date) -> str:
    """18 <= completed years <= 70; a stated age that is not the birth date's age makes it unknown."""
    stated: float | None = facts.get("age_years")
    born = day(facts, "birth_date")
    if born is None:
        return "unknown" if stated is None else age_in_range(math.floor(stated))
    possible = completed_years(born, today)
    if stated is not None and math.floor(stated) not in possible:
        return "unknown"
    verdicts = {age_in_range(years) for years in possible}
    return verdicts.pop() if len(verdicts) == 1 else "review"


def age_in_range(years: int) -> str:
    """Both ends included."""
    return "met" if 18 <= years <= 70 else "not_met"


def completed_years(born: date, today: date) -> set[int]:
    """Completed years on the day; two answers only for 29 February births on 28 February of a common year."""
    years = today.year - born.year
    if (today.month, today.day) < (born.month, born.day):
        years -= 1
    eve = (born.month, born.day) == (2, 29) and (today.month, today.day) == (2, 28)
    if eve and (today + timedelta(days=1)).month == 3:
        return {years, years + 1}
    return {years}


# --- consent, histology, ECOG ---------------------------------------------------------------------


def consent(facts: Facts) -> str:
    """Signed, willing and able."""
    return all_of(yes(facts.get("icf_signed")), yes(facts.get("willing")), yes(facts.get("able")))


def histology(facts: Facts) -> str:
    """Nasopharynx, non-keratinizing, confirmed somehow, metastasis on imaging; biopsy of it plays no part."""
    return all_of(
        one_of(facts.get("primary_site"), {"nasopharynx"}),
        one_of(facts.get("histology"), NON_KERATINIZING),
        one_of(facts.get("confirmation"), {"histology", "cytology", "both"}),
        yes(facts.get("metastasis_on_imaging")),
    )


def ecog(facts: Facts) -> str:
    """0 or 1. KPS is never looked at."""
    value = facts.get("ecog")
    if value is None:
        return "unknown"
    return "met" if value <= 1 else "not_met"


# --- first-line therapy ---------------------------------------------------------------------------


def first_line_response(facts: Facts, min_cycles: int | None) -> str:
    """De novo, first line, platinum doublet with a PD-1 antibody, adequate, CR or PR."""
    timing = {None: "unknown", "de_novo": "met", "metachronous": "review"}[facts.get("metastasis_timing")]
    line = facts.get("therapy_line")
    first_line = "met" if line is None or line == 1 else "not_met"
    response = {"CR": "met", "PR": "met", "SD": "not_met", "PD": "not_met", "NE": "unknown", None: "unknown"}
    return all_of(
        timing,
        first_line,
        chemotherapy(facts),
        anti_pd1(facts),
        adequate(facts, min_cycles),
        response[facts.get("response")],
    )


def chemotherapy(facts: Facts) -> str:
    """Exactly one platinum and one other cytotoxic, and nothing further beside the PD-1 antibody.

    A chemotherapy name that is on no list is tried as everything it could be, a whole regimen's name included;
    where that changes nothing the known drugs decide, otherwise it is unknown. A further drug is one more for
    the investigator to look at, whether or not it is on a list.
    """
    agents = facts.get("chemo_agents")
    beside = set(facts.get("other_agents") or ())
    extra = bool(beside) or bool(set(facts.get("io_agents") or ()) & TARGETED)
    if agents is None:
        return all_of(yes(facts.get("platinum_doublet")), "review" if extra else "met")
    given = set(agents)
    outcomes = set()
    for guess in product(("platinum", "other", "both", "targeted", "neither"), repeat=len(given - LISTED)):
        platinums = len(given & PLATINUMS) + guess.count("platinum") + guess.count("both")
        others = len(given & OTHER_CYTOTOXICS) + guess.count("other") + guess.count("both")
        targeted = bool(given & TARGETED) or "targeted" in guess
        outcomes.add(regimen(platinums, others, targeted or extra))
    return outcomes.pop() if len(outcomes) == 1 else "unknown"


def regimen(platinums: int, others: int, extra: bool) -> str:
    """The status of a regimen whose every drug is understood; extra: something beside a doublet and PD-1."""
    if platinums == 0 or platinums + others == 1:
        return "not_met"
    return "met" if platinums == 1 and others == 1 and not extra else "review"


def anti_pd1(facts: Facts) -> str:
    """Any PD-1 antibody will do; a bispecific is for the investigator; PD-L1 alone is not it."""
    agents = facts.get("io_agents")
    if agents is None:
        return yes(facts.get("anti_pd1"))
    given = set(agents)
    if given & PD1_ANTIBODIES:
        return "met"
    if given - LISTED:
        return "unknown"
    return "review" if given & PD1_BISPECIFICS else "not_met"


def adequate(facts: Facts, min_cycles: int | None) -> str:
    """The investigator's word or, where the protocol sets a number of cycles, that many of them."""
    judged = facts.get("therapy_adequate")
    if min_cycles is None:
        return yes(judged)
    cycles = facts.get("chemo_cycles")
    if judged is True or (cycles is not None and cycles >= min_cycles):
        return "met"
    if judged is None or cycles is None:
        return "unknown"
    return "not_met"


# --- stage ----------------------------------------------------------------------------------------


def stage(facts: Facts, m1a_policy: str) -> str:
    """M1 with more than three lesions; up to three is what the policy says; T and N never matter."""
    m_category = facts.get("m_category")
    count = facts.get("metastatic_lesion_count")
    implied = implied_m(facts.get("stage_group"), facts.get("staging_edition"))
    group = facts.get("stage_group") if facts.get("staging_edition") == 9 else None
    if stage_contradicts(m_category, count, implied, group):
        return "unknown"
    if m_category == "M0" or implied == "M0" or count == 0:
        return "not_met"
    if m_category is None and implied is None and count is None:
        return "unknown"
    if m1a_policy == "met" or m_category == "M1b" or (count is not None and count > 3):
        return "met"
    if m_category == "M1a" or implied == "M1a" or count is not None:
        return m1a_policy
    return "unknown"


def implied_m(group: str | None, edition: int | None) -> str | None:
    """What a stage group says of M in its edition; nothing without one."""
    if group is None or edition is None:
        return None
    if group in {"0", "I", "IA", "IB", "II", "III"}:
        return "M0"
    return {
        (7, "IVA"): "M0",
        (7, "IVC"): "M1",
        (8, "IVA"): "M0",
        (8, "IVB"): "M1",
        (9, "IVA"): "M1a",
        (9, "IVB"): "M1",
        (9, "IV"): "M1",
    }.get((edition, group))


def stage_contradicts(m_category: str | None, count: int | None, implied: str | None, group9: str | None) -> bool:
    """Whether what was said of M, of the group and of the lesions cannot all be true.

    group9: the stage group where it was given in edition 9, else None.
    """
    said = set()
    if m_category is not None:
        said.add(m_category[:2])
    if implied is not None:
        said.add(implied[:2])
    if count is not None:
        said.add("M0" if count == 0 else "M1")
    if len(said) == 2:
        return True
    few = m_category == "M1a" or group9 == "IVA"
    many = m_category == "M1b" or group9 == "IVB"
    if few and many:
        return True
    if few and count is not None and count > 3:
        return True
    return many and count is not None and count <= 3


# --- reproduction ---------------------------------------------------------------------------------


def man_with_test(facts: Facts) -> bool:
    """A man with a pregnancy test: one of the two is wrong."""
    tested = facts.get("pregnancy_test_result") in {"negative", "positive", "indeterminate"}
    return facts.get("sex") == "male" and (tested or facts.get("pregnancy_test_date") is not None)


def female_reproductive(facts: Facts) -> str:
    """Women who can become pregnant: negative test within seven days before enrolment, and contraception."""
    if facts.get("sex") is None or man_with_test(facts):
        return "unknown"
    if facts.get("sex") == "male" or facts.get("childbearing_potential") is False:
        return "not_applicable"
    if facts.get("childbearing_potential") is None:
        return "unknown"
    result = facts.get("pregnancy_test_result")
    if result in {"positive", "not_done"}:
        return "not_met"
    tested = {None: "unknown", "negative": "met", "indeterminate": "review"}[result]
    sampled = day(facts, "pregnancy_test_date")
    enrolled = day(facts, "enrollment_date")
    window = "unknown"
    if sampled is not None and enrolled is not None:
        window = "met" if 0 <= (enrolled - sampled).days <= WINDOW_DAYS else "not_met"
    return all_of(tested, window, yes(facts.get("contraception_agreed")))


def male_contraception(facts: Facts) -> str:
    """Men whose partner can become pregnant must agree to contraception."""
    if facts.get("sex") is None or man_with_test(facts):
        return "unknown"
    if facts.get("sex") == "female" or facts.get("partner_childbearing_potential") is False:
        return "not_applicable"
    if facts.get("partner_childbearing_potential") is None:
        return "unknown"
    return yes(facts.get("contraception_agreed"))
