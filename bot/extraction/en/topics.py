"""Which facts a few words are about, by the words of data/lexicon/en/topics.yml."""

from __future__ import annotations

import re
from functools import cache

from bot.extraction.lexicon import lexicon, whole_words


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    return {fact: whole_words(words) for fact, words in lexicon(language)["topics"].items()}


def about(low: str, fact: str, language: str = "en") -> bool:
    """Whether lower-case words name the fact."""
    pattern = _patterns(language).get(fact)
    return pattern is not None and pattern.search(low) is not None


def about_another(low: str, fact: str, language: str = "en") -> bool:
    """Whether lower-case words name some other fact and not this one."""
    if about(low, fact, language):
        return False
    return any(about(low, other, language) for other in _patterns(language) if other != fact)
