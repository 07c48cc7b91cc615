"""Candidates for tests: random ones that reach every status, and complete ones of a known kind.

All are dictionaries of the contract's facts as JSON holds them (dates as ISO strings, unknown as None). Every
value is plausible by itself, so that the door lets it through; together they may contradict each other. The
drugs named here come from the clinical reference, not from the catalogue, so that a drug missing from the
catalogue, or put in the wrong class, shows as a disagreement.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

Candidate = dict[str, Any]

REFERENCE_DATE = date(2026, 11, 22)


def words(text: str, separator: str | None = None) -> tuple[str, ...]:
    """The words of a text, or its parts between separators: a long tuple that can be read at a glance."""
    return tuple(text.split(separator))


FACTS = words(
    """age_years birth_date sex icf_signed icf_date willing able primary_site histology confirmation
    metastasis_on_imaging metastasis_biopsied metastasis_timing t_category n_category m_category stage_group
    staging_edition metastatic_lesion_count chemo_agents io_agents other_agents platinum_doublet anti_pd1
    therapy_line chemo_cycles therapy_adequate response ecog kps childbearing_potential pregnancy_test_result
    pregnancy_test_date contraception_agreed partner_childbearing_potential enrollment_date"""
)
"""Every fact of the contract, in its order, and ``other_agents``."""

T_CATEGORIES = ("TX", "T0", "Tis", "T1", "T2", "T3", "T4")
N_CATEGORIES = ("NX", "N0", "N1", "N2", "N3")
STAGE_GROUPS = ("0", "I", "IA", "IB", "II", "III", "IV", "IVA", "IVB", "IVC")
HISTOLOGIES = ("keratinizing", "basaloid", "other")
NON_KERATINIZING = tuple(f"nonkeratinizing_{kind}" for kind in words("differentiated undifferentiated unspecified"))

PLATINUMS = words("cisplatin carboplatin nedaplatin lobaplatin oxaliplatin")
PARTNERS = words("gemcitabine docetaxel paclitaxel fluorouracil capecitabine")
OTHERS = (*PARTNERS, *words("vinorelbine methotrexate pemetrexed tegafur etoposide"))
TARGETED = words("bevacizumab cetuximab nimotuzumab apatinib anlotinib endostar")
PD1 = words(
    """toripalimab camrelizumab tislelizumab sintilimab penpulimab pembrolizumab nivolumab zimberelimab
    serplulimab pucotenlimab finotonlimab cemiplimab dostarlimab retifanlimab"""
)
PDL1 = words(
    """atezolizumab durvalumab avelumab cosibelimab tagitanlimab adebrelimab socazolimab sugemalimab
    envafolimab benmelstobart"""
)
BISPECIFICS = words("cadonilimab ivonescimab iparomlimab/tuvonralimab")
STRANGERS = ("varlocatimab", "dexotinib", "compound 17", "hlx-999", "study drug")

LETTERS = {
    "P": PLATINUMS,
    "O": OTHERS,
    "T": TARGETED,
    "I": PD1,
    "L": PDL1,
    "B": BISPECIFICS,
    "C": ("ipilimumab", "tremelimumab"),
    "?": STRANGERS,
}
"""What a letter of a pattern stands for; a letter with "=" repeats the drug it stood for before."""
CHEMO_PATTERNS = words(
    "P O|P O|P O|P O|P O||P|O|O O|O O O|P O O|P O O|P O O O|P P|P P O|P P P|P O T|P O T|P T|O T|P P T|T"
    "|P O ?|P ?|O ?|O O ?|?|? ?|P P ?|P O O ?|P O T ?|P O P=|P P=|O O= P|P O I|P I|I",
    "|",
)
IO_PATTERNS = words("I|I|I|I||L|L|B|B|I I|I L|I B|B L|C|C L|I C|?|I ?|L ?|B ?|? ?|C ?|I I=|L L=|T|I T", "|")
BESIDE_PATTERNS = words("|T|T|T T|?|T ?|C|I|O|P", "|")


def agents(rng: random.Random, pattern: str) -> list[str]:
    """A list of drugs after a pattern such as "P O ?", in any order."""
    chosen: list[str] = []
    for letter in pattern.split():
        pool = LETTERS[letter[0]]
        same = [name for name in chosen if name in pool]
        fresh = [name for name in pool if name not in chosen]
        chosen.append(same[0] if letter.endswith("=") and same else rng.choice(fresh or pool))
    rng.shuffle(chosen)
    return chosen


# --- random candidates ----------------------------------------------------------------------------


class Chooser:
    """Picks values: mostly fit ones, mostly any, or mostly none, as the candidate's part happens to lean."""

    def __init__(self, rng: random.Random, fit: float, blank: float) -> None:
        self.rng, self.fit, self.blank = rng, fit, blank

    def pick(self, fit: Sequence[Any], unfit: Sequence[Any]) -> Any:
        """One of the fit values, None, or one of all values."""
        draw = self.rng.random()
        if draw < self.fit:
            return self.rng.choice(fit)
        if draw < self.fit + self.blank:
            return None
        return self.rng.choice((*fit, *unfit))


LEANINGS = ((0.97, 0.015), (0.8, 0.1), (0.3, 0.2), (0.0, 0.1), (0.1, 0.8))
"""Pairs of how likely a fit value and how likely none; what is left is any value."""


def random_candidate(rng: random.Random, reference_date: date = REFERENCE_DATE) -> Candidate:
    """One candidate, every fact present as a key; reference_date is the latest day that has happened."""
    parts = (_person, _consent, _tumour, _spread, _staging, _therapy, _reproduction)
    mostly_fit = rng.random() < 0.6
    loose = rng.choice((None, *parts))
    facts: Candidate = dict.fromkeys(FACTS)
    for part in parts:
        leaning = (0.99, 0.005) if mostly_fit and part is not loose else rng.choice(LEANINGS)
        part(Chooser(rng, *leaning), facts, reference_date)
    return facts


def years_before(day: date, years: int) -> date:
    """The same calendar day so many years earlier; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _person(choose: Chooser, facts: Candidate, today: date) -> None:
    rng = choose.rng
    facts["sex"] = choose.pick(("female", "male"), ())
    years = choose.pick((18, 19, 33, 46, 58, 69, 70), (0, 1, 16, 17, 71, 72, 95, 118))
    facts["ecog"] = choose.pick((0, 1), (2, 3, 4, 5))
    facts["kps"] = rng.choice((None, 0, 60, 70, 80, 90, 100))
    if years is None:
        return
    form = rng.choice(("age", "age", "fraction", "birth", "birth", "both", "both", "edge"))
    if form != "birth":
        facts["age_years"] = years + (rng.choice((0.0, 0.5, 0.9, 0.99)) if form == "fraction" else 0)
    if form == "edge":
        facts["age_years"] = None if rng.random() < 0.6 else years + rng.choice((-1, 0, 1)) if years else 0
        born = years_before(today, years) + timedelta(days=rng.choice((-1, 0, 1)))
        facts["birth_date"] = min(born, today).isoformat()
    elif form in ("birth", "both"):
        wrong = rng.choice((0, 0, 0, 0, 1, -1, -10)) if form == "both" and choose.fit < 0.9 else 0
        born = years_before(today, max(0, years + wrong)) - timedelta(days=rng.randrange(365))
        facts["birth_date"] = born.isoformat()


def _consent(choose: Chooser, facts: Candidate, today: date) -> None:
    for name in ("icf_signed", "willing", "able"):
        facts[name] = choose.pick((True,), (False,))
    if choose.rng.random() < 0.5:
        facts["icf_date"] = (today - timedelta(days=choose.rng.randrange(40))).isoformat()


def _tumour(choose: Chooser, facts: Candidate, today: date) -> None:
    facts["primary_site"] = choose.pick(("nasopharynx",), ("other",))
    facts["histology"] = choose.pick(NON_KERATINIZING, HISTOLOGIES)
    facts["confirmation"] = choose.pick(("histology", "cytology", "both"), ("none",))
    facts["metastasis_on_imaging"] = choose.pick((True,), (False,))
    facts["metastasis_biopsied"] = choose.rng.choice((None, True, False))
    facts["t_category"] = choose.rng.choice((None, *T_CATEGORIES))
    facts["n_category"] = choose.rng.choice((None, *N_CATEGORIES))


def _spread(choose: Chooser, facts: Candidate, today: date) -> None:
    facts["metastasis_timing"] = choose.pick((*("de_novo",) * 9, "metachronous"), ("metachronous",))
    facts["response"] = choose.pick(("CR", "PR"), ("SD", "PD", "NE"))


def _staging(choose: Chooser, facts: Candidate, today: date) -> None:
    rng = choose.rng
    shape = rng.random()
    if shape < 0.45 and choose.fit > 0.5:
        facts["m_category"] = rng.choice((None, "M1", "M1b"))
        facts["stage_group"], facts["staging_edition"] = rng.choice((("IVB", 9), ("IVB", 8), ("IVC", 7), (None, 9)))
        facts["metastatic_lesion_count"] = rng.choice((4, 5, 12, 40))
        return
    if shape < 0.6:
        facts["m_category"] = rng.choice((None, "M1", "M1a"))
        facts["stage_group"], facts["staging_edition"] = rng.choice(((None, None), ("IVA", 9), ("IV", 9), ("IVB", 8)))
        facts["metastatic_lesion_count"] = rng.choice((None, 1, 2, 3))
        return
    silent = (None,) * rng.choice((0, 2, 8))
    facts["m_category"] = rng.choice((None, *silent, "M0", "M1", "M1", "M1a", "M1b"))
    facts["stage_group"] = rng.choice((None, *silent, *STAGE_GROUPS, "IVA", "IVB"))
    facts["staging_edition"] = rng.choice((None, 7, 8, 9, 9))
    facts["metastatic_lesion_count"] = rng.choice((None, *silent, 0, 1, 2, 3, 4, 5, 30))


def _therapy(choose: Chooser, facts: Candidate, today: date) -> None:
    rng = choose.rng
    for name, fit, patterns, stated in (
        ("chemo_agents", ("P O",) * 11 + ("P O O",), CHEMO_PATTERNS, "platinum_doublet"),
        ("io_agents", ("I",) * 15 + ("B",), IO_PATTERNS, "anti_pd1"),
    ):
        pattern = choose.pick(fit, patterns)
        facts[name] = None if pattern is None else agents(rng, pattern)
        if pattern is None or rng.random() < 0.3:
            facts[stated] = choose.pick((True,), (True, False))
    beside = choose.pick((None, None, None, ""), BESIDE_PATTERNS)
    facts["other_agents"] = None if beside is None else agents(rng, beside)
    facts["therapy_line"] = choose.pick((1, 1, None), (2, 3))
    facts["chemo_cycles"] = choose.pick((4, 5, 6), (0, 1, 2, 3, 3))
    facts["therapy_adequate"] = choose.pick((True,), (False,))


def _reproduction(choose: Chooser, facts: Candidate, today: date) -> None:
    rng = choose.rng
    facts["childbearing_potential"] = choose.pick((True, True, False), (True,))
    facts["partner_childbearing_potential"] = choose.pick((True, True, False), (True,))
    facts["contraception_agreed"] = choose.pick((True, True, True, True, False), (False,))
    enrolled = today + timedelta(days=rng.randrange(-20, 11))
    facts["enrollment_date"] = choose.pick((enrolled.isoformat(),), ())
    if facts["sex"] == "male" and rng.random() < 0.85:
        facts["pregnancy_test_result"] = rng.choice((None, None, None, "not_done"))
        return
    result = choose.pick(
        (*("negative",) * 5, "indeterminate"), ("positive", "indeterminate", "indeterminate", "not_done")
    )
    facts["pregnancy_test_result"] = result
    before = choose.pick((0, 1, 5, 6, 7), (-2, -1, 8, 8, 9, 30, 370))
    if before is not None and (result != "not_done" or rng.random() < 0.2):
        facts["pregnancy_test_date"] = min(enrolled - timedelta(days=before), today).isoformat()


# --- complete candidates of a known kind ----------------------------------------------------------


def complete_candidate(rng: random.Random, kind: str, reference_date: date = REFERENCE_DATE) -> Candidate:
    """A full record for a simulated interview: every fact that could be asked of this candidate is known.

    kind: one of ``KINDS``. Facts that have no sense for the candidate's sex are None. Raises KeyError for
    another kind.
    """
    change = _CHANGES[kind]
    facts = sound_candidate(rng, reference_date, sex=_SEX_OF_KIND.get(kind))
    facts.update(change(rng, reference_date))
    return facts


def sound_candidate(rng: random.Random, today: date = REFERENCE_DATE, sex: str | None = None) -> Candidate:
    """A candidate who meets all eight criteria under the default settings, with nothing left unsaid."""
    sex = sex or rng.choice(("female", "male"))
    years = rng.choice((18, 25, 41, 52, 63, 70))
    born = years_before(today, years) - timedelta(days=rng.randrange(1, 364))
    group, edition = rng.choice((("IVB", 9), ("IVB", 8), ("IVC", 7)))
    enrolled = today + timedelta(days=rng.randrange(0, 4))
    capable = rng.random() < 0.75
    facts: Candidate = dict.fromkeys(FACTS)
    facts.update(age_years=years, birth_date=born.isoformat(), sex=sex, ecog=rng.choice((0, 1)))
    facts.update(icf_signed=True, willing=True, able=True, kps=rng.choice((80, 90)))
    facts.update(icf_date=(today - timedelta(days=rng.randrange(10))).isoformat())
    facts.update(primary_site="nasopharynx", histology=rng.choice(NON_KERATINIZING))
    facts.update(confirmation=rng.choice(("histology", "cytology", "both")), metastasis_on_imaging=True)
    facts.update(metastasis_biopsied=rng.choice((True, False)), metastasis_timing="de_novo")
    facts.update(t_category=rng.choice(T_CATEGORIES[3:]), n_category=rng.choice(N_CATEGORIES[1:]))
    facts.update(m_category=rng.choice(("M1", "M1b")), stage_group=group, staging_edition=edition)
    facts.update(metastatic_lesion_count=rng.choice((4, 5, 9, 20)), enrollment_date=enrolled.isoformat())
    facts.update(chemo_agents=[rng.choice(PARTNERS), rng.choice(PLATINUMS)], io_agents=[rng.choice(PD1)])
    facts.update(other_agents=[], platinum_doublet=True, anti_pd1=True, therapy_line=1)
    facts.update(chemo_cycles=rng.choice((4, 5, 6)), therapy_adequate=True, response=rng.choice(("CR", "PR")))
    facts.update(contraception_agreed=True)
    if sex == "male":
        return facts | {"partner_childbearing_potential": capable}
    facts["childbearing_potential"] = capable
    if capable:
        sampled = min(today, enrolled - timedelta(days=rng.randrange(0, 8)))
        facts.update(pregnancy_test_result="negative", pregnancy_test_date=sampled.isoformat())
    return facts


def _one_of(*changes: Candidate) -> Callable[[random.Random, date], Candidate]:
    return lambda rng, today: dict(rng.choice(changes))


def _too_young_or_old(rng: random.Random, today: date) -> Candidate:
    years = rng.choice((15, 17, 71, 80))
    return {"age_years": years, "birth_date": (years_before(today, years) - timedelta(days=30)).isoformat()}


def _failed_response(rng: random.Random, today: date) -> Candidate:
    return _one_of(
        {"response": rng.choice(("SD", "PD"))},
        {"therapy_line": 2},
        {"therapy_adequate": False},
        {"chemo_agents": ["gemcitabine", "capecitabine"], "platinum_doublet": False},
        {"chemo_agents": [rng.choice(PLATINUMS)], "platinum_doublet": False},
        {"io_agents": [rng.choice(PDL1)], "anti_pd1": False},
    )(rng, today)


def _failed_test(rng: random.Random, today: date) -> Candidate:
    capable: Candidate = {"childbearing_potential": True, "pregnancy_test_result": "negative"}
    capable |= {"pregnancy_test_date": today.isoformat(), "enrollment_date": today.isoformat()}
    late = (today - timedelta(days=8)).isoformat()
    change = _one_of(
        {"pregnancy_test_result": "positive"},
        {"pregnancy_test_result": "not_done", "pregnancy_test_date": None},
        {"pregnancy_test_date": late},
        {"contraception_agreed": False},
    )
    return capable | change(rng, today)


def _staged(m: str | None, group: str | None, edition: int | None, count: int | None) -> Candidate:
    return {
        "m_category": m,
        "stage_group": group,
        "staging_edition": edition,
        "metastatic_lesion_count": count,
    }


def _wrong_birth_date(rng: random.Random, today: date) -> Candidate:
    years = rng.choice((40, 55))
    return {
        "age_years": years,
        "birth_date": (years_before(today, years + 3) - timedelta(days=9)).isoformat(),
    }


def _indeterminate(rng: random.Random, today: date) -> Candidate:
    day = today.isoformat()
    return {
        "childbearing_potential": True,
        "pregnancy_test_result": "indeterminate",
        "pregnancy_test_date": day,
        "enrollment_date": day,
    }


def _tested_man(rng: random.Random, today: date) -> Candidate:
    return {"pregnancy_test_result": "negative", "pregnancy_test_date": today.isoformat()}


_CHANGES: dict[str, Callable[[random.Random, date], Candidate]] = {
    "meets": _one_of({}),
    "fails:age": _too_young_or_old,
    "fails:consent": _one_of({"icf_signed": False, "icf_date": None}, {"willing": False}, {"able": False}),
    "fails:first_line_response": _failed_response,
    "fails:histology": _one_of(
        *({"histology": name} for name in HISTOLOGIES),
        {"primary_site": "other"},
        {"confirmation": "none"},
        {"metastasis_on_imaging": False},
    ),
    "fails:stage": _one_of(_staged("M0", "IVA", 8, 0), _staged("M0", "IVB", 7, 0), _staged("M0", "III", 9, 0)),
    "fails:ecog": _one_of(*({"ecog": grade, "kps": 60} for grade in (2, 3, 4))),
    "fails:female_reproductive": _failed_test,
    "fails:male_contraception": _one_of(
        {"partner_childbearing_potential": True, "contraception_agreed": False},
    ),
    "review:metachronous": _one_of({"metastasis_timing": "metachronous"}),
    "review:triplet": _one_of({"chemo_agents": ["docetaxel", "cisplatin", "fluorouracil"]}),
    "review:two_platinums": _one_of({"chemo_agents": ["cisplatin", "carboplatin"]}),
    "review:targeted_drug": _one_of(*({"other_agents": [name]} for name in TARGETED)),
    "review:bispecific": _one_of(*({"io_agents": [name]} for name in BISPECIFICS)),
    "review:m1a": _one_of(_staged("M1", "IVB", 8, 2), _staged("M1a", "IVA", 9, 1), _staged("M1", "IVA", 9, 3)),
    "review:indeterminate_test": _indeterminate,
    "contradictory:age": _wrong_birth_date,
    "contradictory:m0_with_ivb": _one_of(_staged("M0", "IVB", 8, 0), _staged("M0", "IVB", 9, 5)),
    "contradictory:m0_with_lesions": _one_of(_staged("M0", "IVB", 7, 3)),
    "contradictory:m1a_with_many": _one_of(_staged("M1a", "IV", 9, 6)),
    "contradictory:m1b_with_few": _one_of(_staged("M1b", "IV", 9, 2)),
    "contradictory:iva9_with_many": _one_of(_staged("M1", "IVA", 9, 8)),
    "contradictory:ivb9_with_few": _one_of(_staged("M1", "IVB", 9, 2)),
    "contradictory:man_with_test": _tested_man,
}
_SEX_OF_KIND = {
    "fails:female_reproductive": "female",
    "fails:male_contraception": "male",
    "review:indeterminate_test": "female",
    "contradictory:man_with_test": "male",
}
KINDS = tuple(_CHANGES)
"""Every kind of complete candidate: meets, fails:<criterion>, review:<reason>, contradictory:<what>."""


def expected_of_kind(kind: str) -> tuple[str, dict[str, str]]:
    """The decision and the statuses that a kind must give; every other criterion is met or does not apply."""
    group, _, what = kind.partition(":")
    if group == "meets":
        return "meets_inclusion", {}
    if group == "fails":
        return "excluded", {what: "not_met"}
    if group == "review":
        touched = {"m1a": "stage", "indeterminate_test": "female_reproductive"}.get(what, "first_line_response")
        return "needs_review", {touched: "review"}
    if what == "age":
        return "incomplete", {"age": "unknown"}
    if what == "man_with_test":
        return "incomplete", {"female_reproductive": "unknown", "male_contraception": "unknown"}
    return "incomplete", {"stage": "unknown"}
