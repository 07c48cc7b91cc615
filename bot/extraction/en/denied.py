"""Whether a negation really governs some words: "no delays and the PI judges it adequate" denies only the delays."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from bot.extraction.layout import layout
from bot.extraction.qualifiers import cue_at

_PARTS = re.compile(r"[,;:]|(?<![a-z])(?:and|but|so|then)(?![a-z])")
_DETERMINERS = frozenset(
    {"no", "without", "w/o", "lack of", "lacks", "absence of", "free of", "nor", "neither", "never"}
)
_NO_DOUBT = re.compile(r"(?:no|without(?: a)?) doubts?(?![a-z])|not only|not just|not least")

_UNSURE = re.compile(r"\s?(?:sure|certain|convinced|clear|known|confident|decided)(?![a-z])")


def unsure(doc: Doc, start: int, end: int) -> bool:
    """ "Is not sure that he can come": what follows is neither said nor denied."""
    cue = cue_at(doc, "negated", start, end)
    return cue is not None and cue.cue_end <= start and _UNSURE.match(layout(doc).low, cue.cue_end, start) is not None


def denied(doc: Doc, start: int, end: int, words: int = 6) -> bool:
    """Whether the words are denied by a cue at most so many words before them, or directly behind them.

    "No", "without" and "never" deny only the words they touch; "not" and its like reach further, but never over a
    comma or an "and".
    """
    cue = cue_at(doc, "negated", start, end)
    if cue is None:
        return False
    low = layout(doc).low
    if cue.cue_start >= end:
        return not low[end : cue.cue_start].strip(" ,")
    if _NO_DOUBT.match(low, cue.cue_start):
        return False
    between = low[cue.cue_end : start]
    if _PARTS.search(between) or _UNSURE.match(between):
        return False
    return len(between.split()) <= (1 if low[cue.cue_start : cue.cue_end] in _DETERMINERS else words)
