"""The classifier's guess in the light of what was read: facts outweigh a look-alike command."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.extraction import Reading

ASIDES = frozenset(
    {
        "why_ask",
        "explain_criterion",
        "define_term",
        "whats_missing",
        "summary",
        "ask_verdict",
        "what_would_change",
    }
    | {"change_answer", "forget", "ask_settings", "dont_know"}
)
"""Intents that may stand beside a fact in one message: both are served."""

_NEW = re.compile(
    r"\b(?:new|next|another|different)\s+(?:candidate|patient|pt|case|person|one)\b|\bstart\s+(?:over|again)\b",
    re.I,
)


def settle(intent: Mapping[str, Any], reading: Reading, text: str) -> dict[str, Any]:
    """The intent to act on. A message that states facts never stops, skips or greets ("camrelizumab stopped for PD").

    intent: Rasa's {"name", "confidence"}; the name stays in "classified" when it is overruled.
    """
    name, confidence = intent.get("name"), float(intent.get("confidence") or 0.0)
    settled = name if text.strip() else "nlu_fallback"
    if reading.answered == "dont_know" and not reading.facts:
        settled = "dont_know"
    elif reading.facts or reading.asks:
        if _NEW.search(text):
            settled = "new_candidate"
        elif name not in ASIDES or name == "dont_know":
            settled = "inform"
    if settled == name:
        return {"name": name, "confidence": confidence}
    return {"name": settled, "confidence": 1.0, "classified": name}
