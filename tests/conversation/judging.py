"""Judging an interview from outside: could a question change a verdict, and how few would have done?

Both rest on the second opinion, which shares nothing with the core that chose the questions.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations
from typing import Any

from tests.conversation.chat import TODAY
from tests.second_opinion import second_opinion

Facts = Mapping[str, Any]
_TODAY = date.fromisoformat(TODAY)


def _days(*offsets: int) -> tuple[str, ...]:
    return tuple((_TODAY + timedelta(days=d)).isoformat() for d in offsets)


BOOL = (True, False)
VALUES: Mapping[str, tuple[Any, ...]] = {
    # The first value is one that passes; the others are the possible answers that matter.
    "age_years": (46, 16, 75),
    "birth_date": _days(-17000, -6000, -27500),
    "sex": ("female", "male"),
    "icf_signed": BOOL,
    "willing": BOOL,
    "able": BOOL,
    "primary_site": ("nasopharynx", "other"),
    "histology": ("nonkeratinizing_undifferentiated", "keratinizing", "basaloid", "other"),
    "confirmation": ("both", "histology", "cytology", "none"),
    "metastasis_on_imaging": BOOL,
    "metastasis_timing": ("de_novo", "metachronous"),
    "m_category": ("M1b", "M1", "M1a", "M0"),
    "stage_group": ("IVB", "IVA", "IVC", "IV", "III"),
    "staging_edition": (9, 8, 7),
    "metastatic_lesion_count": (5, 2, 0),
    "chemo_agents": (("cisplatin", "gemcitabine"), ("cisplatin",), ("cisplatin", "docetaxel", "paclitaxel")),
    "io_agents": (("toripalimab",), (), ("tagitanlimab",), ("cadonilimab",)),
    "platinum_doublet": BOOL,
    "anti_pd1": BOOL,
    "chemo_cycles": (6, 0),
    "therapy_adequate": BOOL,
    "response": ("PR", "SD", "PD"),
    "ecog": (1, 2),
    "childbearing_potential": BOOL,
    "pregnancy_test_result": ("negative", "positive", "indeterminate", "not_done"),
    "pregnancy_test_date": _days(-1, -30, 0, -8),
    "contraception_agreed": BOOL,
    "partner_childbearing_potential": BOOL,
    "enrollment_date": _days(2, 0, 8),
}
FACTS_OF: Mapping[str, tuple[str, ...]] = {
    "age": ("age_years", "birth_date"),
    "consent": ("icf_signed", "willing", "able"),
    "first_line_response": (
        *("metastasis_timing", "chemo_agents", "io_agents", "platinum_doublet", "anti_pd1"),
        *("therapy_adequate", "response", "therapy_line", "other_agents"),
    ),
    "histology": ("primary_site", "histology", "confirmation", "metastasis_on_imaging"),
    "stage": ("m_category", "stage_group", "staging_edition", "metastatic_lesion_count"),
    "ecog": ("ecog",),
    "female_reproductive": (
        *("sex", "childbearing_potential", "pregnancy_test_result", "pregnancy_test_date"),
        *("enrollment_date", "contraception_agreed"),
    ),
    "male_contraception": ("sex", "partner_childbearing_potential", "contraception_agreed"),
}
"""What each criterion can rest on under the default settings (contract, section 2)."""


def statuses(facts: Facts) -> Mapping[str, str]:
    """Criterion -> status, by the second opinion, under the default settings."""
    return _statuses(_frozen(facts))


@lru_cache(maxsize=200_000)
def _statuses(facts: frozenset[tuple[str, Any]]) -> Mapping[str, str]:
    judged: Mapping[str, str] = second_opinion(dict(facts), _TODAY, {})["criteria"]
    return judged


def _frozen(facts: Facts) -> frozenset[tuple[str, Any]]:
    return frozenset((k, tuple(v) if isinstance(v, list) else v) for k, v in facts.items() if v is not None)


def can_change(fact: str, facts: Facts, unavailable: Iterable[str] = ()) -> bool:
    """Whether some answer to this question could decide a criterion that stays open without it.

    Other facts that are missing and still to be had may be known by then, so they are tried too: all missing,
    all passing, and some 60 random sets. Facts that staff do not know stay unknown. An answer that only
    contradicts what is known leaves a criterion unknown, so it does not count.
    """
    return _can_change(fact, _frozen(facts), frozenset(unavailable))


@lru_cache(maxsize=50_000)
def _can_change(fact: str, known: frozenset[tuple[str, Any]], unavailable: frozenset[str]) -> bool:
    held = dict(known)
    criteria = [c for c, names in FACTS_OF.items() if fact in names]
    others = {n for c in criteria for n in FACTS_OF[c] if n in VALUES} - set(held) - unavailable - {fact}
    for guess in _completions(sorted(others), f"{fact}{sorted(held)}"):
        without = statuses({**held, **guess})
        for value in VALUES.get(fact, ()):
            after = statuses({**held, **guess, fact: value})
            if any(after[c] != "unknown" and after[c] != without[c] for c in criteria):
                return True
    return False


def _completions(others: list[str], seed: str) -> Iterable[dict[str, Any]]:
    yield {}
    for sex in ("female", "male"):
        yield {n: sex if n == "sex" else VALUES[n][0] for n in others}
    rng = random.Random(seed)
    for _ in range(60):
        yield {n: rng.choice(VALUES[n]) for n in others if rng.random() < 0.7}


def least_questions(opening: Facts, truth: Facts, asked: Iterable[str], *, stopped: bool) -> int:
    """The fewest questions that could have done for this candidate, had the asker known which ones to put.

    opening: facts volunteered at the start. truth: every fact that the coordinator can give. asked: the facts
    that were asked for, enough as they are, a don't-know being an answer too.

    Where staff stopped at the first exclusion: the size of the smallest set of facts that shows one.
    Otherwise, criterion by criterion: one that fails needs the smallest set of facts (up to three) that
    makes it fail; any other needs enough facts that no further answer could change it, found by leaving out
    of those asked every one that can be spared. The sets are united, so a fact that serves two criteria
    counts once. It is at most the number asked, and the true least or close above it: sets that share more
    are not sought.
    """
    asked = list(asked)
    available = {n: v for n, v in truth.items() if v is not None and n in VALUES and n not in opening}
    if stopped:
        sizes = [len(s) for c in FACTS_OF if (s := _smallest_failing(c, opening, available)) is not None]
        return min(sizes, default=len(asked))
    needed: set[str] = set()
    for criterion in FACTS_OF:
        failing = _smallest_failing(criterion, opening, available)
        needed |= failing if failing is not None else _enough(criterion, opening, available, asked)
    return min(len(needed), len(asked))


def _smallest_failing(criterion: str, opening: Facts, available: Facts) -> set[str] | None:
    names = [n for n in FACTS_OF[criterion] if n in available]
    if statuses({**opening, **available})[criterion] != "not_met":
        return None
    for size in range(4):
        for chosen in combinations(names, size):
            if statuses({**opening, **{n: available[n] for n in chosen}})[criterion] == "not_met":
                return set(chosen)
    return None


def _enough(criterion: str, opening: Facts, available: Facts, asked: list[str]) -> set[str]:
    chosen = [n for n in asked if n in FACTS_OF[criterion]]
    for name in list(chosen):
        fewer = [n for n in chosen if n != name]
        if _settles(criterion, fewer, opening, available):
            chosen = fewer
    return set(chosen)


def _settles(criterion: str, chosen: list[str], opening: Facts, available: Facts) -> bool:
    facts = {**opening, **{n: available[n] for n in chosen if n in available}}
    not_known = {n for n in chosen if n not in available}
    open_ = [n for n in FACTS_OF[criterion] if n in VALUES and n not in facts and n not in not_known]
    return not any(_changes(criterion, n, facts, not_known) for n in open_)


def _changes(criterion: str, fact: str, facts: Facts, unavailable: set[str]) -> bool:
    others = {n for n in FACTS_OF[criterion] if n in VALUES} - set(facts) - unavailable - {fact}
    for guess in _completions(sorted(others), fact):
        without = statuses({**facts, **guess})[criterion]
        for value in VALUES[fact]:
            after = statuses({**facts, **guess, fact: value})[criterion]
            if after not in ("unknown", without):
                return True
    return False
