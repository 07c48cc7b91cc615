"""Typing errors as people make them: a letter dropped, doubled, swapped or hit beside; a blank lost; no capitals.

Only words that stay recognisable are touched: long ones, never in their first three letters, where "un", "non" and
"in" decide the meaning. Numbers and short words are left as they are.
"""

from __future__ import annotations

import random
import re

SHORTEST = 8
"""Letters of a word that may be mistyped; from `TWO_EDITS` on it may be mistyped twice."""
TWO_EDITS = 12
KEPT = 3
"""First letters that are never touched."""

_WORD = re.compile(rf"[A-Za-z]{{{SHORTEST},}}")
_GAP = re.compile(r"(?<=[A-Za-z]{5}) (?=[A-Za-z]{5})")
_NEGATIONS = re.compile(r"\b(?:not|never|without|cannot|neither|refus\w+|declin\w+)\b", re.I)
_BESIDE = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiooasdfghjkkzxcvbnmn", strict=True))


def slip(rng: random.Random, text: str) -> str:
    """The text with one slip of the fingers; unchanged where nothing in it could be mistyped and still be read."""
    kinds = [_mistyped, _mistyped, _lower, _lost_blank]
    rng.shuffle(kinds)
    for kind in kinds:
        slipped = kind(rng, text)
        if slipped != text:
            return slipped
    return text


def _mistyped(rng: random.Random, text: str) -> str:
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    letters = word.group()
    for _ in range(2 if len(letters) >= TWO_EDITS and rng.random() < 0.3 else 1):
        letters = _edited(rng, letters)
    return text[: word.start()] + letters + text[word.end() :]


def _edited(rng: random.Random, word: str) -> str:
    at = rng.randrange(KEPT, len(word) - 1)
    kind = rng.choice(("drop", "double", "swap", "beside"))
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + _BESIDE[word[at].lower()] + word[at + 1 :]


def _lower(rng: random.Random, text: str) -> str:
    return text.lower()


def _lost_blank(rng: random.Random, text: str) -> str:
    gaps = [g.start() for g in _GAP.finditer(text)]
    if not gaps or _NEGATIONS.search(text):
        return text
    at = rng.choice(gaps)
    return text[:at] + text[at + 1 :]
