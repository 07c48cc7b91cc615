"""What a reading of one message hands over: facts, their words, questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of the original text that a fact rests on, with their character offsets."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ask:
    """A fact that the text touches without settling it: why, and the values it could have (may be empty)."""

    fact: str
    reason: str
    options: tuple[object, ...] = ()
    start: int = 0
    end: int = 0


def as_sentence(reason: str) -> str:
    """A reason as a sentence for staff: a capital or a quotation first, one mark at the end."""
    reason = reason.strip()
    if not reason:
        return reason
    reason = reason[0].upper() + reason[1:]
    if reason.endswith("?."):
        reason = reason[:-1]
    return reason if reason.endswith((".", "?", "!")) else reason + "."


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message states.

    facts: name to JSON-able value. evidence: name to the words. asks: what must be asked, with the reason.
    corrected: facts that the text itself says it corrects. answered: how the asked fact was answered:
    "value", "dont_know", or None where it was not.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    asks: tuple[Ask, ...] = ()
    corrected: frozenset[str] = frozenset()
    answered: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The object that ``candid extract`` writes, without the id."""
        return {
            "facts": dict(self.facts),
            "evidence": {
                fact: {"text": found.text, "start": found.start, "end": found.end}
                for fact, found in self.evidence.items()
            },
            "ask": [{"fact": ask.fact, "reason": ask.reason} for ask in self.asks],
        }
