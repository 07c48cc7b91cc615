"""The core against an independently written reading of the contract, and that reading against the contract.

A disagreement means that one of the two has misread the contract, or that the contract leaves something open.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from bot.catalogue import check_fact
from bot.eligibility import evaluate
from bot.protocol import Protocol, load_protocol
from tests.random_candidates import (
    KINDS,
    REFERENCE_DATE,
    Candidate,
    complete_candidate,
    expected_of_kind,
    random_candidate,
)
from tests.second_opinion import CRITERIA, second_opinion

CANDIDATES = 20_000
DAYS = (REFERENCE_DATE, REFERENCE_DATE, date(2027, 2, 28), date(2028, 2, 29), date(2027, 3, 1))
"""Reference dates of the random candidates: an ordinary one and the awkward end of February."""
POLICIES = ("review", "not_met", "met")
SETTINGS = [{"m1a_policy": policy, "min_chemo_cycles": cycles} for policy in POLICIES for cycles in (None, 4)]

MAN: dict[str, Any] = {
    "age_years": 46,
    "sex": "male",
    "icf_signed": True,
    "willing": True,
    "able": True,
    "primary_site": "nasopharynx",
    "histology": "nonkeratinizing_undifferentiated",
    "confirmation": "histology",
    "metastasis_on_imaging": True,
    "metastasis_timing": "de_novo",
    "m_category": "M1",
    "metastatic_lesion_count": 6,
    "chemo_agents": ["gemcitabine", "cisplatin"],
    "io_agents": ["toripalimab"],
    "therapy_adequate": True,
    "response": "PR",
    "ecog": 1,
    "partner_childbearing_potential": True,
    "contraception_agreed": True,
}
WOMAN = {
    **MAN,
    "sex": "female",
    "partner_childbearing_potential": None,
    "childbearing_potential": True,
    "pregnancy_test_result": "negative",
    "pregnancy_test_date": "2026-11-15",
    "enrollment_date": "2026-11-22",
}
STATED = {"chemo_agents": None, "io_agents": None, "platinum_doublet": True, "anti_pd1": True}
UNSTAGED = {"m_category": None, "metastatic_lesion_count": None}


def case(why: str, who: Mapping[str, Any], change: Mapping[str, Any], expected: str, **settings: Any) -> Any:
    """One hand-written case: expected is "criterion=status ..." or, for the whole, "decision=..."."""
    return pytest.param({**who, **change}, expected, settings, id=why)


BY_HAND = [
    case("a sound man meets all", MAN, {}, "decision=meets_inclusion female_reproductive=not_applicable"),
    case("a sound woman meets all", WOMAN, {}, "decision=meets_inclusion male_contraception=not_applicable"),
    case("nothing known", {}, {}, "decision=incomplete age=unknown stage=unknown male_contraception=unknown"),
    case("70 y 11 m is 70", MAN, {"age_years": 70.92}, "age=met"),
    case("71 on the day", MAN, {"age_years": None, "birth_date": "1955-11-22"}, "age=not_met"),
    case("18 tomorrow", MAN, {"age_years": None, "birth_date": "2008-11-23"}, "age=not_met"),
    case("age against birth date", MAN, {"birth_date": "1970-01-01"}, "age=unknown decision=incomplete"),
    case("not able outweighs not asked", MAN, {"able": False, "willing": None}, "consent=not_met"),
    case("stated regimen, agents not known", MAN, STATED, "first_line_response=met"),
    case("known agents override the statement", MAN, STATED | {"io_agents": ["tagitanlimab"]},
         "first_line_response=not_met"),
    case("three cytotoxics with a platinum", MAN,
         {"chemo_agents": ["docetaxel", "cisplatin", "fluorouracil"]},
         "first_line_response=review decision=needs_review"),
    case("two platinums without partner", MAN, {"chemo_agents": ["cisplatin", "carboplatin"]},
         "first_line_response=review"),
    case("single platinum with cetuximab", MAN, {"chemo_agents": ["cisplatin", "cetuximab"]},
         "first_line_response=not_met"),
    case("doublet with bevacizumab beside", MAN, {"other_agents": ["bevacizumab"]},
         "first_line_response=review"),
    case("a further drug nobody lists", MAN, {"other_agents": ["compound 17"]},
         "first_line_response=review decision=needs_review"),
    case("a drug nobody lists", MAN, {"chemo_agents": ["cisplatin", "compound 17"]},
         "first_line_response=unknown"),
    case("bispecific", MAN, {"io_agents": ["cadonilimab"]}, "first_line_response=review"),
    case("enough cycles stand for the judgement", MAN, {"therapy_adequate": None, "chemo_cycles": 4},
         "first_line_response=met", min_chemo_cycles=4),
    case("cycles alone are no judgement", MAN, {"therapy_adequate": None, "chemo_cycles": 6},
         "first_line_response=unknown"),
    case("not evaluable", MAN, {"response": "NE"}, "first_line_response=unknown"),
    case("metachronous with stable disease", MAN, {"metastasis_timing": "metachronous", "response": "SD"},
         "first_line_response=not_met"),
    case("biopsy of the metastasis never fails", MAN, {"metastasis_biopsied": False}, "histology=met"),
    case("basaloid", MAN, {"histology": "basaloid"}, "histology=not_met"),
    case("IVB without its edition", MAN, UNSTAGED | {"stage_group": "IVB"}, "stage=unknown"),
    case("IVB in edition 9 still needs the count", MAN,
         UNSTAGED | {"stage_group": "IVB", "staging_edition": 9}, "stage=unknown"),
    case("IVB in edition 7 and M0", MAN,
         {"m_category": "M0", "metastatic_lesion_count": None, "stage_group": "IVB", "staging_edition": 7},
         "stage=not_met"),
    case("IVA in edition 9 with four lesions", MAN,
         {"metastatic_lesion_count": 4, "stage_group": "IVA", "staging_edition": 9}, "stage=unknown"),
    case("three lesions, by default", MAN, {"metastatic_lesion_count": 3}, "stage=review"),
    case("three lesions, strictly", MAN, {"metastatic_lesion_count": 3}, "stage=not_met",
         m1a_policy="not_met"),
    case("count not known, any M1 taken", MAN, {"metastatic_lesion_count": None}, "stage=met",
         m1a_policy="met"),
    case("KPS is not ECOG", MAN, {"ecog": None, "kps": 100}, "ecog=unknown"),
    case("day eight", WOMAN, {"pregnancy_test_date": "2026-11-14"}, "female_reproductive=not_met"),
    case("sampled after enrolment", WOMAN, {"enrollment_date": "2026-11-14"}, "female_reproductive=not_met"),
    case("not done, whatever the date", WOMAN,
         {"pregnancy_test_result": "not_done", "pregnancy_test_date": None}, "female_reproductive=not_met"),
    case("weakly positive", WOMAN, {"pregnancy_test_result": "indeterminate"}, "female_reproductive=review"),
    case("childbearing not asked", WOMAN, {"childbearing_potential": None}, "female_reproductive=unknown"),
    case("partner not asked", MAN, {"partner_childbearing_potential": None}, "male_contraception=unknown"),
    case("a man with a pregnancy test", MAN, {"pregnancy_test_date": "2026-11-20"},
         "female_reproductive=unknown male_contraception=unknown decision=incomplete"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected", "settings"), BY_HAND)
def test_the_second_opinion_reads_the_contract(facts: dict[str, Any], expected: str, settings: dict[str, Any]) -> None:
    opinion = second_opinion(facts, REFERENCE_DATE, settings)
    given = {"decision": opinion["decision"], **opinion["criteria"]}
    wanted = dict(pair.split("=") for pair in expected.split())
    assert {name: given[name] for name in wanted} == wanted


@pytest.mark.parametrize(("facts", "expected", "settings"), BY_HAND)
def test_the_core_agrees_by_hand(facts: dict[str, Any], expected: str, settings: dict[str, Any]) -> None:
    protocol = load_protocol(settings=settings)
    assert disagreement(protocol, facts, REFERENCE_DATE, settings) is None


@pytest.mark.parametrize(
    ("born", "stated", "today", "expected"),
    [
        ("1956-02-29", None, date(2027, 2, 28), "review"),
        ("1956-02-29", 70, date(2027, 2, 28), "review"),
        ("2008-02-29", None, date(2026, 2, 28), "review"),
        ("2008-02-29", 19, date(2027, 2, 28), "met"),
        ("2008-02-29", 18, date(2027, 2, 28), "met"),
        ("2008-02-29", 20, date(2027, 2, 28), "unknown"),
        ("1956-02-29", None, date(2027, 3, 1), "not_met"),
    ],
)
def test_both_know_that_29_february_has_two_birthdays(
    born: str, stated: int | None, today: date, expected: str
) -> None:
    facts = {"birth_date": born, "age_years": stated}
    assert second_opinion(facts, today, {})["criteria"]["age"] == expected
    assert disagreement(load_protocol(), facts, today, {}) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_complete_candidate_is_of_its_kind(kind: str) -> None:
    protocol = load_protocol()
    decision, touched = expected_of_kind(kind)
    for seed in range(20):
        facts = complete_candidate(random.Random(f"{kind} {seed}"), kind)
        opinion = second_opinion(facts, REFERENCE_DATE, {})
        surprises = {
            name: status
            for name, status in opinion["criteria"].items()
            if (status != touched[name] if name in touched else status not in ("met", "not_applicable"))
        }
        assert (opinion["decision"], surprises) == (decision, {}), facts
        assert disagreement(protocol, facts, REFERENCE_DATE, {}) is None


def test_random_candidates_reach_every_status() -> None:
    rng = random.Random(1)
    seen: Counter[tuple[str, str]] = Counter()
    for _ in range(3_000):
        opinion = second_opinion(random_candidate(rng), REFERENCE_DATE, {})
        seen.update([("decision", opinion["decision"]), *opinion["criteria"].items()])
    expected = {(name, status) for name in CRITERIA for status in ("met", "not_met", "unknown")}
    expected |= {(name, "review") for name in ("first_line_response", "stage", "female_reproductive")}
    expected |= {(name, "not_applicable") for name in ("female_reproductive", "male_contraception")}
    expected |= {("decision", "meets_inclusion"), ("decision", "needs_review"), ("decision", "incomplete")}
    assert {what for what in expected if seen[what] < 30} == set()


@pytest.fixture(scope="module")
def candidates() -> list[tuple[date, Candidate, Candidate]]:
    """The day, the facts as JSON holds them, and the same facts as the door lets them in."""
    rng = random.Random(20_261_122)
    drawn = []
    for number in range(CANDIDATES):
        today = DAYS[number % len(DAYS)]
        facts = random_candidate(rng, today)
        drawn.append((today, facts, let_in(facts, today)))
    return drawn


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda s: f"{s['m1a_policy']}-{s['min_chemo_cycles']}")
def test_the_core_agrees_on_random_candidates(
    settings: dict[str, Any], candidates: list[tuple[date, Candidate, Candidate]]
) -> None:
    protocol = load_protocol(settings=settings)
    for number, (today, facts, checked) in enumerate(candidates):
        message = disagreement(protocol, facts, today, settings, checked)
        assert message is None, f"candidate {number}: {message}"


def let_in(facts: Candidate, today: date) -> Candidate:
    """The facts as the door lets them in; unknown ones stay None, as a line of JSON may give them."""
    return {name: None if value is None else check_fact(name, value, today) for name, value in facts.items()}


def disagreement(
    protocol: Protocol,
    facts: Candidate,
    today: date,
    settings: dict[str, Any],
    checked: Candidate | None = None,
) -> str | None:
    """What the core and the second opinion see differently, for a reader; None where they agree."""
    verdict = evaluate(protocol, let_in(facts, today) if checked is None else checked, today)
    core = {finding.id: finding.status.value for finding in verdict.findings}
    opinion = second_opinion(facts, today, settings)
    if list(core.items()) == list(opinion["criteria"].items()) and verdict.decision == opinion["decision"]:
        return None
    lines = [
        f"{name}: the core says {core.get(name)}, the second opinion {status}"
        for name, status in opinion["criteria"].items()
        if core.get(name) != status
    ]
    lines.append(f"decision: {verdict.decision} against {opinion['decision']}")
    known = {name: value for name, value in facts.items() if value is not None}
    return "\n".join([*lines, f"on {today} with {settings}, knowing {known}"])
