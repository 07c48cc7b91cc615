"""The texts: none missing, none dead, none with a placeholder that nobody fills."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.catalogue import DATA, concepts
from bot.interview.wording import wording
from bot.protocol import load_protocol

CODE = "\n".join(p.read_text() for folder in ("bot", "actions") for p in (DATA.parent / folder).rglob("*.py"))
PREFIXES = ("status_", "mark_", "missing_", "result_", "excluded_", "value_")
"""Keys that code completes with a status, decision or reason."""


@pytest.mark.parametrize("key", sorted(wording().keys))
def test_every_text_is_used(key: str) -> None:
    stem = next((p for p in PREFIXES if key.startswith(p)), None)
    completed = stem is not None and re.search(rf"""f["']{stem}{{""", CODE) is not None
    assert re.search(rf"""["']{key}["']""", CODE) or completed, f"{key} is said nowhere"


def test_every_text_that_code_names_exists() -> None:
    named = set(re.findall(r'(?:say|tell\(scene,)\(?\s*"(\w+)"', CODE)) | set(re.findall(r'tell\(scene, "(\w+)"', CODE))
    assert named <= wording().keys, named - wording().keys


def test_every_fact_that_can_be_asked_for_has_a_question() -> None:
    for name, concept in concepts().items():
        if concept.askable:
            entry = wording().questions[name]
            assert {"ask", "again", "short", "help", "noun", "names"} <= set(entry), name
            for button in entry.get("buttons") or ():
                assert button["value"] in concept.values or concept.kind in ("bool", "integer"), (name, button)


def test_no_limit_of_the_protocol_stands_in_a_question() -> None:
    """A question must not suggest the answer that passes."""
    for name, entry in wording().questions.items():
        for kind in ("ask", "short"):
            assert not re.search(r"\b(18|70|0-1|0 or 1|7 days|seven days)\b", str(entry[kind])), (name, kind)


def test_nothing_said_calls_a_person_eligible() -> None:
    texts = "\n".join(p.read_text() for p in Path(DATA / "wording" / "en").glob("*.yml"))
    texts += "\n".join(c.plain + c.why for c in load_protocol().criteria)
    assert not re.search(r"\beligible\b", texts, re.I)


def test_dates_lists_and_choices_are_put_as_people_write_them() -> None:
    words = wording()
    assert words.value("pregnancy_test_date", "2026-12-03") == "3 December 2026"
    assert words.value("chemo_agents", ["cisplatin", "gemcitabine"]) == "cisplatin + gemcitabine"
    assert words.value("chemo_agents", []) == "none"
    assert words.value("age_years", 70.9) == "70.9 years"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
