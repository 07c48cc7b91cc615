"""The classifier's guess in the light of what was read: facts outweigh a look-alike; questions state nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.extraction import Reading

QUESTIONS = frozenset(
    {"why_ask", "explain_criterion", "define_term", "whats_missing", "summary", "ask_verdict", "what_would_change"}
    | {"ask_settings", "help"}
)
"""Intents that ask something. Facts beside the question are taken in; what stands in the question itself is not said
of the candidate ("what counts as PR", "so is she in")."""

_BESIDE_FACTS = QUESTIONS | {"change_answer", "forget"}
"""Intents that stay what they are when the message states facts as well."""

_SURE = 0.6
"""From this confidence on, a request that cannot be served ("should we give more GP?") stays one beside facts."""

_PRONOUN = re.compile(r"he|she|him|her|his|hers|himself|herself|(?:he|she)['’]s", re.I)
"""States the sex, and is not what a message is about: "yes she does", "arrange transport for her"."""

_NOT_KNOWING = frozenset({"dont_know", "inform", "affirm", "deny", "nlu_fallback"})
"""Intents under which "missing", "not sure" are an answer; in "what is missing?" they are not."""

_NEW = re.compile(
    r"^\W*(?:(?:ok|okay|right|thanks|now|so|and)\W+)*(?:(?:a|the)\s+)?"
    r"(?:(?:new|next|another|different)\s+(?:candidate|patient|pt)|start(?:ing)?\s+(?:over|again))\b",
    re.I,
)
_ASKS = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|hi|hello|please|sorry)\W+)*"
    r"(?:what|whats|why|how|which|who|when|where|does|do|did|is|are|was|can|could|may|might|should|shall|would|will"
    r"|tell\s+me|explain|define|describe|remind|read\s+me|show)\b",
    re.I,
)
_SENTENCE = re.compile(r"[^.?!;\n]*(?:[.?!;\n]+|$)")


def settle(intent: Mapping[str, Any], reading: Reading, text: str) -> dict[str, Any]:
    """The intent to act on. A message that states facts never stops, skips or greets ("camrelizumab stopped for PD").

    intent: Rasa's {"name", "confidence"}; the name stays in "classified" when it is overruled.
    """
    name, confidence = intent.get("name"), float(intent.get("confidence") or 0.0)
    settled = name
    if not any(c.isalnum() for c in text):
        settled = "nlu_fallback"
    elif reading.facts or reading.asks:
        if name == "new_candidate" or _NEW.search(text):
            settled = "new_candidate"
        elif not _stays(name, confidence, reading, text):
            settled = "inform"
    elif reading.answered == "dont_know" and (name is None or name in _NOT_KNOWING):
        settled = "dont_know"
    if settled == name:
        return {"name": name, "confidence": confidence}
    return {"name": settled, "confidence": 1.0, "classified": name}


def _stays(name: str | None, confidence: float, reading: Reading, text: str) -> bool:
    """Whether the guess stands although the message states facts or raises doubts."""
    if name in _BESIDE_FACTS or (name == "out_of_scope" and confidence >= _SURE):
        return True
    by_pronoun = set(reading.facts) == {"sex"} and not reading.asks
    if not by_pronoun or name in (None, "nlu_fallback") or _PRONOUN.fullmatch(text.strip()):
        return False
    return bool(_PRONOUN.fullmatch(reading.evidence["sex"].text.strip()))


def inside_a_question(text: str, intent: str | None, start: int) -> bool:
    """Whether the character at `start` stands in a sentence that asks, in a message understood as a question."""
    if intent not in QUESTIONS and intent != "out_of_scope":
        return False
    for sentence in _SENTENCE.finditer(text):
        if sentence.start() <= start < sentence.end():
            return bool(_ASKS.match(sentence.group())) or sentence.group().rstrip().endswith("?")
    return False
