"""The protocol file, and what is refused at the door, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue import DoorError
from bot.protocol import SettingError, load_protocol, protocol_ids
from bot.protocol.loader import read_contradictions, read_wordings

SECOND = Path(__file__).parents[2] / "protocols"
TEXT = (SECOND / "second.yml").read_text(encoding="utf-8")

SENTENCES = {
    "age": "Age: 18 years - 70 years.",
    "ecog": "ECOG score: 0-1.",
    "stage": "Clinical stage: TanyNanyM1, stage IVB (AJCC 9th edition).",
}


def test_the_protocol_has_the_eight_criteria_in_order() -> None:
    protocol = load_protocol()
    assert [c.id for c in protocol.criteria] == [
        "age", "consent", "first_line_response", "histology", "stage", "ecog", "female_reproductive",
        "male_contraception",
    ]  # fmt: skip
    assert [c.number for c in protocol.criteria] == list(range(1, 9))
    for criterion in protocol.criteria:
        assert criterion.sentence == SENTENCES.get(criterion.id, criterion.sentence)
        assert criterion.plain
        assert criterion.why
        assert criterion.facts
    assert "systematic therapy" in protocol.criterion("first_line_response").sentence


def test_the_settings_are_checked() -> None:
    assert load_protocol().settings["m1a_policy"].value == "review"
    assert load_protocol(settings={"m1a_policy": "met"}).settings["m1a_policy"].changed
    assert load_protocol(settings={"min_chemo_cycles": "4"}).settings["min_chemo_cycles"].value == 4
    assert load_protocol(settings={"min_chemo_cycles": "null"}).settings["min_chemo_cycles"].value is None
    assert not load_protocol().settings["menopause_means"].active
    assert load_protocol().settings["m1a_policy"].active
    for wrong in ({"m1a": "met"}, {"m1a_policy": "yes"}, {"min_chemo_cycles": "many"}, {"min_chemo_cycles": 13}):
        with pytest.raises(SettingError):
            load_protocol(settings=wrong)
    load_protocol(settings={"min_chemo_cycles": 1})
    with pytest.raises(SettingError):
        load_protocol(settings={"min_chemo_cycles": True})


def test_a_protocol_is_found_by_the_name_of_its_file() -> None:
    assert protocol_ids() == ("nct07188584",)
    assert protocol_ids(SECOND) == ("second",)
    assert load_protocol("second", folder=SECOND) is load_protocol("second", folder=SECOND)
    with pytest.raises(LookupError):
        load_protocol("../second")


NOT_MET = 'then: not_met\n            because: "ECOG'
LAST = '- otherwise: met\n            because: "ECOG {ecog}"'
KIND = "{kind: completed_age, at: icf_date}"
NEAR = 4
"""A missing entry is reported at its mapping, which starts a few lines above."""
MISTAKES = [
    ("id: second\n", "id: third\n", "the id must be the name of the file"),
    ('version: "1"\n', "", "the key 'version' is missing"),
    ("settings:\n", "setings:\n", "unknown key 'setings'; did you mean 'settings'?"),
    ("range: [1, 3]", "range: [3, 1]", "impossible range"),
    ("range: [1, 3]", "range: [1]", "impossible range"),
    ("range: [1, 3]", "informational: no", "needs either values or a range"),
    ("default: 2", "default: 7", "from 1 to 3"),
    ("worst_allowed:\n", "ecog:\n", "the name 'ecog' is in use already"),
    ("criteria:\n", "taken_as: {eco: 1}\ncriteria:\n", "unknown fact 'eco'"),
    ("criteria:\n", "taken_as: {ecog: 9}\ncriteria:\n", "impossible value"),
    ("    number: 2", "    number: 1", "the number 1 is here twice"),
    ("  - id: fitness", "  - id: adult", "the criterion 'adult' is here twice"),
    ('    sentence: "ECOG 0-2."\n', "", "the key 'sentence' is missing here"),
    ('sentence: "ECOG 0-2."', 'sentence: ""', "sentence must have a text"),
    ("limits: {of_age: 21}", "limits: {of_age: x}", "limit of_age must be a whole number"),
    ("limits: {of_age: 21}", "limits: {ecog: 21}", "the name 'ecog' is in use already"),
    ("kind: completed_age,", "kind: completd_age,", "unknown kind of derived fact 'completd_age'"),
    ("at: icf_date", "at: ecog", "at must name a date fact"),
    ("at: icf_date", "on: icf_date", "must be a text"),
    ("at: icf_date", "day: icf_date", "unknown key 'day'"),
    ("age_at_consent: {kind", "ecog: {kind", "the name 'ecog' is in use already"),
    (KIND, "{kind: m_extent, few_at_most: x}", "whole number"),
    (KIND, "{kind: m_extent, few_at_most: $nothing}", "unknown limit or setting"),
    (KIND, "{kind: drugs_not_listed, lists: [ecog]}", "unknown lists 'ecog'"),
    (KIND, "{kind: named_drugs, lists: [io_agents], of: [pd2]}", "unknown drug kinds"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {eco: {above: 1}}", "unknown fact 'eco'; did you mean 'ecog'?"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {ecog: {above: 7}}", "impossible value"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {ecog: {abov: 1}}", "unknown key 'abov'"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {ecog: {at_least: 3, below: 2}}", "impossible range"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {ecog: {}}", "a condition on ecog is missing"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {}", "use `otherwise`"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {1: 2}", "1 is not a fact"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {sex: {above: male}}", "has no size"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {any: []}", "any must be a list"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {setting.worst: 1}", "unknown setting 'worst'"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {setting.worst_allowed: 9}", "unknown value of worst_allowed"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {m_category: M2}", "impossible value"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {stage_m: M2}", "stage_m is one of M0, M1"),
    ("when: {ecog: {above: $worst_allowed}}", "when: {age_at_consent: x}", "compared with a number"),
    (NOT_MET, NOT_MET.replace("not_met", "notmet"), "unknown status 'notmet'"),
    (LAST, "- when: {ecog: 1}\n            then: met", "the last row"),
    ("{when: later, what: \"Judge again.\"}", "{when: soon, what: \"Judge again.\"}", "unknown time 'soon'"),
    ("            remedy: {when: later, what: \"Judge again.\"}\n", "", "`remedy` belongs to not_met"),
    ("- otherwise: review\n            because: \"no lesion\"", "- otherwise: review", "review needs its `because`"),
    ("- otherwise: review\n", "- otherwise: unknown\n", "`ask` belongs to unknown"),
    ("- otherwise: review\n", "- otherwise: unknown\n            ask: [eco]\n", "unknown fact 'eco'"),
    ("\"ECOG {ecog}\"", "\"ECOG {eco}\"", "unknown placeholder 'eco'; did you mean 'ecog'?"),
    ("\"ECOG {ecog}\"", "\"ECOG {ecog\"", "a brace is not closed"),
    ("{birth_date + of_age years}", "{ecog + of_age years}", "unknown date 'ecog'"),
    ("{birth_date + of_age years}", "{birth_date + majority years}", "unknown limit 'majority'"),
    ("      - id: score\n", "      - score\n      - id: score\n", "parts must be a list of mappings"),
    ("        label: ECOG\n        table:", "        label: ECOG\n        tabel:", "unknown key 'tabel'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), MISTAKES, ids=[m[2][:40] + m[1][:20] for m in MISTAKES])
def test_a_mistake_is_refused_with_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    (tmp_path / "second.yml").write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DoorError) as refused:
        load_protocol("second", folder=tmp_path)
    assert says in str(refused.value)
    assert abs(int(str(refused.value).split(":")[1]) - line) <= NEAR
    assert str(refused.value).startswith("second.yml:")


def until(span: str) -> str:
    return f"    holds_until: [{{when: {{ecog: 1}}, {span}, what: x}}]\n    parts:\n"


ADDED = [
    ("criteria:\n", "criteria: []\nunused:\n", "criteria"),
    ("    parts:\n", "    notes: [{when: {kps: 90}, text: \"{kp}\"}]\n    parts:\n", "unknown placeholder 'kp'"),
    ("    parts:\n", until("days_after: {of: ecog, days: 1}"), "date fact"),
    ("    parts:\n", until("days_after: {of: icf_date, days: x}"), "whole number"),
    ("    parts:\n", until("birthday_after: {of: birth_date, years: 2}"), None),
    ("    parts:\n", "    applies: [{otherwise: maybe}]\n    parts:\n", "unknown status 'maybe'"),
    ("      - id: score\n", "      - id: score\n        label: x\n        table: []\n      - id: score\n", "no rows"),
    ("    parts:\n", "    parts: []\n    names:\n", "at least one part"),
    ("  - id: fitness\n", "  - fitness\n  - id: fitness\n", "list of mappings"),
    ("\"ECOG {ecog}\"", "\"ECOG {ecog}, {reference_date - 3 days}\"", None),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), ADDED, ids=[str(a[2]) + a[1][:30] for a in ADDED])
def test_what_is_added_is_checked_too(tmp_path: Path, old: str, new: str, says: str | None) -> None:
    text = TEXT.replace(old, new, 1)
    (tmp_path / "second.yml").write_text(text, encoding="utf-8")
    if says is None:
        load_protocol("second", folder=tmp_path)
        return
    with pytest.raises(DoorError, match=says):
        load_protocol("second", folder=tmp_path)


def test_a_part_twice(tmp_path: Path) -> None:
    start = TEXT.index("      - id: score\n")
    part = TEXT[start : TEXT.index("  - id: few\n")]
    (tmp_path / "second.yml").write_text(TEXT[:start] + part + TEXT[start:], encoding="utf-8")
    with pytest.raises(DoorError, match="the part 'score' is here twice"):
        load_protocol("second", folder=tmp_path)


@pytest.mark.parametrize(
    ("facts", "text", "says"),
    [
        ("[ecog]", "x", None),
        ("[ecog]", "{eco}", "unknown placeholder"),
        ("[kps]", "x", "facts must be among"),
        ("[]", "x", "facts must be among"),
    ],
)
def test_contradictions_are_checked(tmp_path: Path, facts: str, text: str, says: str | None) -> None:
    row = f'  - {{id: a, facts: {facts}, when: {{ecog: 1}}, text: "{text}"}}\n'
    path = tmp_path / "contradictions.yml"
    path.write_text("contradictions:\n" + row, encoding="utf-8")
    if says is None:
        assert [r.id for r in read_contradictions(path)[0]] == ["a"]
        path.write_text("contradictions:\n" + row + row, encoding="utf-8")
        says = "here twice"
    with pytest.raises(DoorError, match=says):
        read_contradictions(path)


def test_the_shared_wording_may_only_use_what_it_is_given(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.yml"
    keys = ("settle", "setting_note", "change_to_value", "change_of_record", "values_joined")
    path.write_text('not_known: "{nothing}"\n' + "".join(f"{key}: x\n" for key in keys), encoding="utf-8")
    with pytest.raises(DoorError, match=r"verdicts\.yml:1: unknown placeholder in not_known"):
        read_wordings(path)
