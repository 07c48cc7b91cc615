"""Small numbers as figures or words: "6", "six", "a", "forty-six", "六"."""

from __future__ import annotations

import re
from functools import cache

from bot.extraction.lexicon import alternation, lexicon


@cache
def _known(language: str) -> dict[str, int]:
    content = lexicon(language)["person"]["numbers"]
    units = {word: int(number) for number, words in content["units"].items() for word in words}
    known = dict(units)
    for ten, words in content["tens"].items():
        for word in words:
            known[word] = int(ten)
            for unit, number in units.items():
                if 1 <= number <= 9 and unit.isascii():
                    known[f"{word} {unit}"] = int(ten) + number
    return known


@cache
def number_words(language: str = "en") -> str:
    """A regular expression for the numbers that are written as words (lower case)."""
    return alternation(_known(language))


def small_number(word: str, language: str = "en") -> int | None:
    """The number that a word or figures mean; "a" and "an" are 1; None where it is no number."""
    word = re.sub(r"[\s-]+", " ", word.strip().lower())
    if word.isascii() and word.isdigit():
        return int(word) if len(word) < 7 else None
    if word in ("a", "an"):
        return 1
    return _known(language).get(word)


def ordinal(word: str, language: str = "en") -> int | None:
    """The number of "first", "2nd", "third" in the lexicon; None for any other word."""
    ordinals = lexicon(language)["person"]["numbers"]["ordinals"]
    return next((int(number) for number, words in ordinals.items() if word in words), None)
