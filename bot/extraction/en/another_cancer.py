"""Whether a message, or one sentence of it, is about another cancer than that of the nasopharynx, or about none."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.extraction.en.terms import listed
from bot.extraction.lexicon import alternation, lexicon

_THIS = re.compile(
    r"(?<![a-z])(?:(?:r/?m-?|la-?|nk-?|m)?npc(?:a)?|nasophary\w*|nasopharin\w*|naso-pharyn\w*|nasal.pharyn\w*|"
    r"npx|pns|"
    r"non-?\s?kerat\w*|undifferentiated|who\s?(?:type\s?)?(?:ii|iii|[123])|rhinopharyn\w*|post-?\s?nasal|"
    r"rosenm\w*|unpc|ucnt|lymphoepithelioma\w*|eber)(?![a-z])|鼻咽"
)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = {key: alternation(listed(terms)) for key, terms in lexicon(language)["site"]["another_cancer"].items()}
    cancer = (
        rf"(?:{words['organs']})(?:\s[\w-]+){{0,2}}?\s(?:{words['tumours']})|(?:{words['names']})|"
        rf"(?:{words['tumours']})\sof\s(?:the\s|his\s|her\s)?(?:\w+\s)?(?:{words['organs']})"
    )
    return (
        re.compile(rf"(?<![a-z-])(?:{cancer})(?![a-z])"),
        re.compile(rf"(?<![a-z])(?:{words['benign']}|{words['operations']})(?![a-z])"),
    )


def names_this(words: str) -> bool:
    """Whether lower-case words name the nasopharynx or its cancer."""
    return _THIS.search(words) is not None


def names_another(words: str) -> bool:
    """Whether lower-case words name another cancer."""
    return _patterns("en")[0].search(words) is not None


def names_no_cancer(words: str) -> bool:
    """Whether lower-case words name another disease that a biopsy may show."""
    return _patterns("en")[1].search(words) is not None


@lru_cache(maxsize=64)
def of_another(low: str) -> bool:
    """Whether a whole message speaks of another cancer and never of this one."""
    return names_another(low) and not names_this(low)
