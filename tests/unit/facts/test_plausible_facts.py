"""What can be true of a candidate, and what is refused with a sentence."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.catalogue import check_fact, check_facts, concepts
from bot.facts import Concept, Implausible

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("fact", "value", "kept"),
    [
        ("age_years", 70, 70),
        ("age_years", 70.5, 70.5),
        ("age_years", 46.0, 46),
        ("age_years", 0, 0),
        ("age_years", 120, 120),
        ("ecog", 0, 0),
        ("ecog", 1.0, 1),
        ("kps", 90, 90),
        ("icf_signed", False, False),
        ("birth_date", "1980-02-29", date(1980, 2, 29)),
        ("birth_date", TODAY, TODAY),
        ("enrollment_date", "2027-03-01", date(2027, 3, 1)),
        ("staging_edition", 9, 9),
        ("staging_edition", 8.0, 8),
        ("sex", "female", "female"),
        ("chemo_agents", [], ()),
        ("chemo_agents", ["Nab-Paclitaxel", " cisplatin", "paclitaxel"], ("paclitaxel", "cisplatin")),
        ("io_agents", ("toripalimab",), ("toripalimab",)),
        ("ecog", None, None),
    ],
)
def test_a_plausible_value_is_kept_in_its_own_type(fact: str, value: object, kept: object) -> None:
    for _ in range(2):  # the second time from memory
        checked = check_fact(fact, value, TODAY)
        assert checked == kept
        assert type(checked) is type(kept)


@pytest.mark.parametrize(
    ("fact", "value", "says"),
    [
        ("age_years", -1, "0 to 120 years"),
        ("age_years", 121, "0 to 120 years"),
        ("age_years", "45", "a number"),
        ("age_years", True, "a number"),
        ("age_years", float("nan"), "a number"),
        ("age_years", float("inf"), "a number"),
        ("ecog", 7, "0 to 5"),
        ("ecog", True, "a number"),
        ("ecog", 0.5, "a whole number"),
        ("kps", 85, "in steps of 10"),
        ("metastatic_lesion_count", 1.5, "a whole number"),
        ("metastatic_lesion_count", -1, "0 to"),
        ("icf_signed", 1, "yes or no"),
        ("icf_signed", "yes", "yes or no"),
        ("birth_date", "2026-11-23", "lies after 2026-11-22"),
        ("birth_date", "1901-01-01", "more than 120 years ago"),
        ("pregnancy_test_date", "2026-12-01", "lies after"),
        ("icf_date", "2026-12-01", "lies after"),
        ("icf_date", "22.11.2026", "YYYY-MM-DD"),
        ("icf_date", 20261122, "YYYY-MM-DD"),
        ("icf_date", datetime(2026, 11, 1, 8, 0), "YYYY-MM-DD"),
        ("enrollment_date", "2999-01-01", "1900-01-01 to 2100-12-31"),
        ("staging_edition", "9", "one of 7, 8, 9"),
        ("staging_edition", True, "one of 7, 8, 9"),
        ("staging_edition", 6, "one of 7, 8, 9"),
        ("sex", "Female", "one of female, male"),
        ("sex", ["female"], "one of female, male"),
        ("chemo_agents", "cisplatin", "a list of names"),
        ("chemo_agents", ["cisplatin", " "], "a list of names"),
        ("chemo_agents", ["cisplatin", 5], "a list of names"),
        ("chemo_agents", ["cisplatin", {}], "a list of names"),
        ("chemo_agents", ["a drug name"] * 41, "a list of names"),
        ("eco", 1, "did you mean 'ecog'"),
        ("zzzz", 1, "known: able"),
    ],
)
def test_what_cannot_be_true_is_refused_with_a_sentence(fact: str, value: object, says: str) -> None:
    with pytest.raises(Implausible, match=says) as refused:
        check_fact(fact, value, TODAY)
    assert len(str(refused.value)) < 900


def test_a_yes_does_not_pass_for_a_one_that_was_seen_before() -> None:
    assert check_fact("ecog", 1, TODAY) == 1
    with pytest.raises(Implausible):
        check_fact("ecog", True, TODAY)
    with pytest.raises(Implausible):
        check_facts({"ecog": True}, TODAY)


def test_a_date_that_passed_is_refused_on_an_earlier_reference_date() -> None:
    assert check_fact("icf_date", "2026-11-22", TODAY) == TODAY
    with pytest.raises(Implausible):
        check_fact("icf_date", "2026-11-22", date(2026, 11, 21))
    with pytest.raises(Implausible):
        check_facts({"icf_date": "2026-11-22"}, date(2026, 11, 21))


def test_all_facts_at_once_leave_out_what_is_not_known() -> None:
    given = {"ecog": 0, "age_years": None, "chemo_agents": ["cisplatin"]}
    for _ in range(2):
        assert check_facts(given, TODAY) == {"ecog": 0, "chemo_agents": ("cisplatin",)}
    with pytest.raises(Implausible, match="eco"):
        check_facts({"eco": None}, TODAY)


def test_values_that_passed_are_forgotten_before_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.catalogue.check._REMEMBERED", 2)
    for years in (31.1, 31.2, 31.3, 31.4, 31.5):
        assert check_fact("age_years", years, TODAY) == years


@pytest.mark.parametrize(
    ("fact", "value", "label"),
    [
        ("ecog", None, "not known"),
        ("icf_signed", True, "yes"),
        ("icf_signed", False, "no"),
        ("ecog", 0, "0"),
        ("age_years", 70.5, "70.5"),
        ("chemo_agents", ("gemcitabine", "cisplatin"), "gemcitabine + cisplatin"),
        ("chemo_agents", (), "none"),
        ("response", "PR", "PR (partial response)"),
        ("staging_edition", 9, "version 9"),
        ("birth_date", date(1980, 1, 2), "1980-01-02"),
    ],
)
def test_values_are_shown_as_staff_read_them(fact: str, value: object, label: str) -> None:
    assert concepts()[fact].value_label(value) == label


def test_a_number_without_an_upper_limit_says_so() -> None:
    concept = Concept("count", "Count", "integer", minimum=0)
    with pytest.raises(Implausible, match="0 or more"):
        from bot.facts import plausible

        plausible(concept, -1, TODAY)
