"""Days and years that are written or dictated as words: "the third of May nineteen sixty-nine"."""

from __future__ import annotations

import re
from functools import cache

from bot.extraction.en.numbers import number_words, small_number
from bot.extraction.lexicon import alternation, lexicon


@cache
def days(language: str = "en") -> dict[str, int]:
    """Every ordinal from "first" to "thirty-first" and the day it means; blanks stand for hyphens too."""
    content = lexicon(language)["dates"]["ordinal_days"]
    return {str(word): int(number) for number, words in content.items() for word in words}


def day_pattern(language: str = "en") -> str:
    """A regular expression for the days that are written as words."""
    return alternation(days(language))


def year_pattern(language: str = "en") -> str:
    """A regular expression for the years that are written as words."""
    number = number_words(language)
    return (
        rf"(?:two\sthousand(?:\s(?:and\s)?(?:{number}))?|"
        rf"(?:nineteen|twenty)\s(?:hundred\s(?:and\s)?|oh[\s-]|o[\s-])?(?:{number}))"
    )


def day_of(word: str, language: str = "en") -> int | None:
    """The day of the month that an ordinal means, or None."""
    return days(language).get(re.sub(r"[\s-]+", " ", word))


def year_of(words: str, language: str = "en") -> int | None:
    """The year that some words mean: "nineteen sixty four" is 1964; None where they mean none."""
    words = re.sub(r"[\s-]+", " ", words.strip())
    thousand = re.fullmatch(r"two thousand(?: (?:and )?(?P<rest>.+))?", words)
    if thousand:
        rest = small_number(thousand["rest"], language) if thousand["rest"] else 0
        return 2000 + rest if rest is not None and rest < 100 else None
    century, _, rest_words = words.partition(" ")
    rest = small_number(re.sub(r"^(?:hundred (?:and )?|oh? )", "", rest_words), language)
    if rest is None or rest > 99:
        return None
    return {"nineteen": 1900, "twenty": 2000}[century] + rest
