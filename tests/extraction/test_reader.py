"""The reader as a whole: corrections, conflicts, two patients, evidence, and the command line."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest

from bot.extract import main
from bot.extraction import reader

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("ECOG 2, no wait, 1", "ecog", 1),
        ("sorry not ECOG 2, it is 1. KPS 70", "ecog", 1),
        ("ECOG isn't 2 but 1", "ecog", 1),
        ("He's 70, no wait, 71.", "age_years", 71),
        ("age 45... no 54", "age_years", 54),
        ("ICF signed, I mean not signed", "icf_signed", False),
        ("Oops ECOG 1 was wrong, should be 0", "ecog", 0),
        ("scratch that, PS is 2", "ecog", 2),
        ("correction: age is 56 not 65", "age_years", 56),
    ],
)
def test_a_later_explicit_correction_wins(text: str, fact: str, value: object) -> None:
    reading = reader().read(text, None, TODAY)
    assert reading.facts[fact] == value
    assert fact in reading.corrected


def test_two_values_without_a_correction_are_a_question() -> None:
    reading = reader().read("ECOG 1 in the letter. ECOG 2 in the chart.", None, TODAY)
    assert "ecog" not in reading.facts
    assert [ask.options for ask in reading.asks if ask.fact == "ecog"] == [(1, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Pt A: PR, ECOG 0. Pt B: SD. both nonkerat, neither signed yet",
        "46M ECOG 1 and 59F ECOG 2",
        "We have two candidates, ECOG 0 and ECOG 1",
        "Bed 12: ECOG 1, GP x6. Bed 14: ECOG 2, GP x3.",
        "Mr Chan: ECOG 1. Mrs Lee: ECOG 2.",
    ],
)
def test_two_patients_give_no_facts_and_one_question(text: str) -> None:
    reading = reader().read(text, None, TODAY)
    assert dict(reading.facts) == {}
    assert [ask.fact for ask in reading.asks] == ["candidate"]


@pytest.mark.parametrize(
    "text", ["46M, wife 44F", "patient 1 of the day: 46M", "two patients with NPC were treated, this 46M has ECOG 1"]
)
def test_one_patient_is_one_patient(text: str) -> None:
    assert reader().read(text, None, TODAY).facts.get("age_years") == 46


def test_the_protocol_pasted_is_no_patient() -> None:
    text = (
        "Age: 18 years - 70 years.\nECOG score: 0-1.\nFemale subjects with reproductive capacity must have a "
        "negative urine or serum pregnancy test"
    )
    assert dict(reader().read(text, None, TODAY).facts) == {}


def test_evidence_is_the_original_text_at_its_offsets() -> None:
    text = "ＥＣＯＧ　１，  46 M – ICF signed"
    reading = reader().read(text, None, TODAY)
    assert reading.facts["ecog"] == 1
    for found in reading.evidence.values():
        assert text[found.start : found.end] == found.text


def test_empty_messages_state_nothing() -> None:
    for text in ("", "   ", "\n"):
        assert reader().read(text, "ecog", TODAY).to_dict() == {"facts": {}, "evidence": {}, "ask": []}


def run(lines: list[Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[Any]]:
    written = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    monkeypatch.setattr("sys.stdin", io.StringIO(written))
    status = main([])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_command_keeps_order_and_ids(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"id": "a", "text": "ECOG 1"}, {"id": "b", "text": "1", "asked": "ecog"}, {"id": 3, "text": "hello"}]
    status, out = run(lines, monkeypatch, capsys)
    assert status == 0
    assert [line["id"] for line in out] == ["a", "b", 3]
    assert out[0] == {"id": "a", "facts": {"ecog": 1},
                      "evidence": {"ecog": {"text": "ECOG 1", "start": 0, "end": 6}}, "ask": []}  # fmt: skip


def test_a_bad_line_gets_its_error_and_the_others_their_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["not json", {"id": "x", "text": 5}, {"id": "y", "text": "ECOG 1", "reference_date": "22/11/2026"},
             {"id": "z", "text": "1", "asked": "shoe size"}, {"id": "ok", "text": "ECOG 1"}]  # fmt: skip
    status, out = run(lines, monkeypatch, capsys)
    assert status == 1
    assert ["error" in line for line in out] == [True, True, True, True, False]
    assert [line["id"] for line in out] == [None, "x", "y", "z", "ok"]


def test_pt_is_the_patient_and_no_category() -> None:
    assert dict(reader().read("pt is a 46 year old man", None, TODAY).facts) == {"age_years": 46, "sex": "male"}
