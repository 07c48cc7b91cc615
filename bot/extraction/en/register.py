"""The register of a sentence: how many of its words belong to the prose of studies and textbooks.

No single word of that prose tells much ("safety", "group", "administered"), but a sentence of ordinary length that
holds several and names nobody is about research, not about one candidate. Words are in data/lexicon/en/speech.yml.
"""

from __future__ import annotations

from functools import cache

from bot.extraction.lexicon import lexicon
from bot.extraction.quick import quick

_WORD = quick(r"[a-z][a-z'-]*[a-z]")
_PAIRS = quick(
    r"(?<![a-z])(?:will (?:also )?be [a-z]{3,}(?:ed|en|done)(?![a-z])|in order to|such as|as well as|"
    r"at (?:any|each) time|"
    r"is (?:an? )?[a-z-]+ (?:disease|condition|drug|agent|disorder|complication|cause|stage|method|technique)(?![a-z]))"
)
SHORTEST = 7  # words; shorter sentences are jottings


@cache
def _research(language: str) -> frozenset[str]:
    return frozenset(lexicon(language)["speech"]["research_words"])


def research(low: str, start: int, end: int, language: str = "en") -> int:
    """How many different words and turns of research prose stand between two offsets of a lower-case text; 0 for
    sentences too short to judge."""
    words = _WORD.findall(low, start, end)
    if len(words) < SHORTEST:
        return 0
    turns = {match.group()[:7] for match in _PAIRS.finditer(low, start, end)}
    return len(_research(language).intersection(words)) + len(turns)
