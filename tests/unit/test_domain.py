"""domain.yml follows the catalogue and the moves."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.catalogue import concepts
from bot.domain import DOMAIN, generated, main
from bot.interview.turn import MOVES


def test_the_domain_has_not_drifted() -> None:
    assert main(["--check"]) == 0


def test_writing_twice_changes_nothing() -> None:
    once = generated(DOMAIN.read_text())
    assert generated(once) == once


def test_drift_is_noticed_and_mended(tmp_path: Path) -> None:
    drifted = tmp_path / "domain.yml"
    drifted.write_text(DOMAIN.read_text().replace("  - affirm:\n      use_entities: []\n", ""))
    assert main(["--check"], drifted) == 1
    assert main([], drifted) == 0
    assert drifted.read_text() == DOMAIN.read_text()


def test_every_fact_is_a_slot_and_every_move_an_intent() -> None:
    domain = yaml.safe_load(DOMAIN.read_text())
    assert set(domain["slots"]) == {*concepts(), "asked", "record"}
    assert {name for intent in domain["intents"] for name in intent} == set(MOVES)
