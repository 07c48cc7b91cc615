"""What one simulated interview was, and small helpers around values: what is told, what is right, how it is put."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.interview.wording import wording
from tests.conversation.chat import Payload


@dataclass
class Wrong:
    """A fact first told wrong: what was said, what is right, and the turn after which it is put right."""

    fact: str
    said: Any
    right: Any
    due: int


@dataclass
class Interview:
    """What happened: the facts in force at the end, the questions put, and everything found wanting."""

    kind: str
    record: dict[str, Any]
    opening: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    turns: int = 0
    others: int = 0
    """Questions that ask for no new fact: doubts, contradictions, offers."""
    stopped: bool = False
    slips: int = 0
    """Messages with a typing error."""
    several: int = 0
    """Messages that state more than one fact."""
    note: int = 0
    """Facts of the pasted note that it began with; 0 where it began otherwise."""
    result: Payload | None = None
    not_known: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)


def sensible(record: dict[str, Any]) -> dict[str, Any]:
    """Where there is no distant metastasis, none was seen or timed; M1a and M1b are names of version 9."""
    if record["staging_edition"] in (7, 8) and record["m_category"] in ("M1a", "M1b"):
        record = record | {"m_category": "M1"}
    if record["m_category"] == "M0" and record["metastatic_lesion_count"] == 0:
        return record | {
            "metastasis_on_imaging": False,
            "metastasis_timing": None,
            "metastasis_biopsied": None,
        }
    return record


def another(rng: random.Random, right: Any, values: Mapping[str, Any] | None) -> Any:
    if isinstance(right, (int, float)):
        near = [right + step for step in (-3, -2, -1, 1, 2, 3) if right + step >= 1]
        numbers = near if values is None else [int(v) for v in values]
        return rng.choice([v for v in numbers if v != right])
    if values is None:
        return rng.choice([v for v in ("M0", "M1", "M1a", "M1b") if v[:2] != right[:2]])
    return rng.choice([v for v in values if v != right])


def title(fact: str, value: Any, options: list[str]) -> str | None:
    """The title of the button that gives this value, in a question or in a choice of readings."""
    words = wording()
    entry = words.questions.get(fact, {})
    titles = [str(b["title"]) for b in entry.get("buttons") or () if b["value"] == value]
    titles.append(words.value(fact, value))
    return next((o for o in options if o.casefold() in [t.casefold() for t in titles]), None)


def plainly(fact: str, value: Any) -> str:
    """The value in its plainest form, after an answer that was not understood."""
    return "none" if value == [] else wording().value(fact, value)


def equal(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return bool(one == other)


def same_facts(told: Mapping[str, Any], held: Mapping[str, Any]) -> bool:
    """Whether the result's facts are those that were told, lists in any order."""
    return told.keys() == held.keys() and all(equal(v, held[k]) for k, v in told.items())
