"""The cases of cases/*.yml: facts in, status out, criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue import load_yaml
from bot.eligibility import evaluate
from bot.protocol import load_protocol

TODAY = date(2026, 11, 22)
FOLDER = Path(__file__).parent / "cases"


def cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yml")):
        tree = load_yaml(path)
        tree.only(("criterion", "cases"), ("start",))
        for entry in tree["cases"]:
            entry.only(
                ("name", "facts", "is"),
                ("settings", "missing", "remedy", "what", "because", "note", "without", "conflict"),
            )
            yield pytest.param(
                tree["criterion"],
                {**tree.get("start", {}), **entry["facts"]},
                entry,
                id=f"{tree['criterion']}: {entry['name']}",
            )


@pytest.mark.parametrize(("criterion", "facts", "case"), cases())
def test_case(criterion: str, facts: dict[str, Any], case: dict[str, Any]) -> None:
    verdict = evaluate(load_protocol(settings=case.get("settings")), facts, TODAY)
    finding = verdict.finding(criterion)
    assert finding.status == case["is"], finding
    assert finding.because
    assert (finding.remedy is not None) == (case["is"] == "not_met")
    if "missing" in case:
        assert list(finding.missing) == case["missing"]
    if "remedy" in case:
        assert finding.remedy is not None
        assert finding.remedy.when == case["remedy"]
    if "what" in case:
        assert finding.remedy is not None
        assert case["what"] in finding.remedy.what
    if "because" in case:
        assert case["because"] in finding.because
    assert [c.id for c in finding.contradictions] == ([case["conflict"]] if "conflict" in case else [])
    if "note" in case:
        assert any(case["note"] in note for note in verdict.notes)
    if "without" in case:
        assert not any(case["without"] in note for note in verdict.notes)


def test_every_criterion_has_each_kind_of_case() -> None:
    for criterion in load_protocol().criteria:
        statuses = {entry["is"] for entry in load_yaml(FOLDER / f"{criterion.id}.yml")["cases"]}
        assert {"met", "not_met", "unknown"} <= statuses
        assert ("not_applicable" in statuses) == bool(criterion.applies)
