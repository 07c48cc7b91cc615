"""How a number of lesions is written: beside a noun, an organ or a total, with limits and ranges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from bot.extraction.en.numbers import number_words, small_number
from bot.extraction.en.terms import listed
from bot.extraction.quick import quick

_HIGHEST = 200
MET = r"(?:mets?|metastas[ei]s|metastatic|metast|metastases|secondaries)"
NOUN = (
    r"(?:mets?|metastas[ei]s|secondaries|lesions?|nodules?|deposits?|foci|focus|spots?|tumou?rs?|masses|"
    r"mass|nodes?|lns?|转移灶|病灶)"
)
AT_LEAST = (
    r"(?:>\s?=?|≥|at\s?least|more\sthan|upwards?\sof|in\sexcess\sof|over|greater\sthan|"
    r"no\s(?:less|fewer)\sthan|minimum(?:\sof)?|not\s(?:less|fewer)\sthan|exceed(?:s|ing))"
)
AT_MOST = (
    r"(?:<\s?=?|≤|up\sto|at\smost|no\smore\sthan|fewer\sthan|less\sthan|not\smore\sthan|"
    r"under|maximum(?:\sof)?)"
)
ABOUT = r"(?:about|around|approx(?:imately)?\.?|roughly|circa|~|maybe|perhaps|some|nearly|almost)"

PAIR = r"(?:a\s)?pair\sof|twin|paired"
DOZEN = r"(?:a\s|one\s)?dozen"
# More than anybody counts; "disseminated" and its like only with what is spread ("diffuse bone pain" is no number).
UNCOUNTED = (
    r"(?:innumerable|countless|uncountable|tntc|too\s(?:many|numerous)\sto\scount|(?:dozens|scores|hundreds|"
    r"loads)\sof|"
    r"numerous\s\(>)"
)


def spread_words(lexicon: Mapping[str, Any], section: str) -> list[str]:
    """The words of a section of spread.yml, lower case."""
    content = lexicon["spread"][section]
    if isinstance(content, dict):
        return [word for terms in content.values() for word in listed(terms)]
    return listed(content)


def words_pattern(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first; hyphens may be spaces or missing."""
    ordered = sorted(set(words), key=len, reverse=True)
    escaped = (re.escape(word).replace(r"\-", r"[\s-]?").replace(r"\ ", r"[\s-]+") for word in ordered)
    return "(?:" + "|".join(escaped) + ")"


@cache
def patterns(sites: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    number = rf"(?:\d{{1,3}}|{number_words()}|{PAIR}|{DOZEN})"
    site = f"(?:{words_pattern(sites)}|[ctl]\\d{{1,2}}(?!\\d))"
    modifier = (
        rf"(?:{site}|{MET}|distant|small|tiny|large|sub-?centimet\w+|bilateral|left|right|"
        rf"discrete|separate|fdg-?avid|avid|known|"
        rf"different|distinct|measurable|visible|lytic|sclerotic|hypermetabolic|upper|lower|lobe|"
        rf"wall|target|node|nodal|lymph|other|"
        rf"further|more|additional|or|and|individual|cm|total|of|the|in|body|baseline|hypodense|"
        rf"enhancing|nodular|sites?\sof)"
    )
    quantity = (
        rf"(?:(?P<least>{AT_LEAST})|(?P<most>{AT_MOST})|"
        rf"(?P<about>{ABOUT}))?\s{{0,2}}(?P<between>between\s)?(?P<low>{number})(?P<plus>\s?\+(?!\s?\d)|"
        rf"\sor\smore)?"
        rf"(?:\s?(?:-|to|or|/|(?(between)and|-))\s?(?P<high>{number}))?"
    )
    counted = quick(
        rf"(?<![\w.,/])(?:{quantity})[\s-]{{1,2}}(?P<words>(?:{modifier}[\s,/-]{{1,2}}){{0,5}}?)(?P<noun>{NOUN})(?!\w)"
    )
    sited = quick(
        rf"(?<![\w.,/])(?:{quantity})(?:x|\s)\s?(?:in\s)?(?:the\s)?(?:(?:left|right|upper|"
        rf"lower)\s)?(?P<site>{site})(?!\w)(?!\s(?:scan|biops|marrow|segment|function|metabol))"
    )
    site_first = quick(
        rf"(?<![\w])(?P<site>{site}|{MET})(?:\s{NOUN})?\s?(?::|=|x|\(|-|"
        rf"(?<=\w)\s)\s?(?:x\s?)?(?:{quantity})(?:\s(?:{NOUN}))?(?=[\s,;.)+]|$)(?!\s?(?:cm|mm|"
        rf"x\s?\d|%|gy|months?|weeks?|years?|yrs?|days?|cycles?|doses?)(?![a-z]))(?!\.\d)"
    )
    total = quick(
        rf"(?<![a-z])(?:(?:total(?:\snumber)?(?:\sof)?|in\s(?:all|total)|altogether|overall|"
        rf"number|no\.?(?!\s(?:fewer|less|more)\s)|count|lesions?|n(?=\s?=)|sum|(?:lesions?|{MET})\s(?:count|"
        rf"number|no\.?|"
        rf"total)|个)\s?"
        rf"(?:of\s(?:{MET}\s?)?(?:{NOUN})\s?)?(?:(?:at|on|by)\s(?:diagnosis|baseline|"
        rf"presentation|pet(?:[-/\s]?ct)?|ct|mri|imaging|the\s\w+)\s?)?(?:[:=|]|is|was|were|of|"
        rf",)?\s{{0,2}}(?:{quantity}))(?![\w%/]|\.\d|\s?(?:cm|mm|cycles?|years?|months?|weeks?|"
        rf"days?|mg))"
    )
    total_after = quick(
        rf"(?<![\w.,/])(?:{quantity})\s(?:(?:{modifier}\s){{0,3}}(?:{NOUN})\s)?(?:in\s(?:all|"
        rf"total)|altogether|overall|total|combined)(?!\w)"
    )
    single = quick(
        rf"(?<!\w)(?P<one>solitary|single|isolated|lone|sole|only\sone|"
        rf"unifocal)\s(?P<words>(?:{modifier}\s){{0,4}}?)(?P<noun>met|metastasis|lesion|nodule|"
        rf"deposit|focus|spot)(?!\w)"
    )
    after_it = quick(
        rf"(?<!\w)(?:{MET}|lesion|nodule)\s(?:(?:in|of|"
        rf"at)\s(?:the\s)?(?:\w+\s)?)?(?:{site})\s?[,(]\s?(?:single|solitary|isolated|one\sonly|"
        rf"just\sone)(?!\w)"
    )
    many = quick(
        rf"(?<!\w){UNCOUNTED}(?:\s(?:{modifier}\s){{0,3}}?(?:{NOUN}|{site}))?(?!\w)|"
        rf"(?<!\w)(?:diffuse|disseminated|widespread)\s(?:{modifier}\s){{0,3}}?"
        rf"(?:{NOUN}|{MET}|(?:{site})\s(?:{NOUN}|{MET}|disease|involvement|infiltration|spread|disseminat\w+)|"
        rf"spread|disseminat\w+)(?!\w)|"
        rf"(?:{NOUN})\s?[:,]?\s(?:are\s|were\s)?{UNCOUNTED}(?!\w)"
    )
    return counted, sited, site_first, total, total_after, single, after_it, many


def read_quantity(match: re.Match[str]) -> tuple[int, int | None, bool] | None:
    """(at least, at most, approximate) of a matched quantity, or None where it is no plausible count."""
    words = match["low"]
    low = 2 if re.fullmatch(PAIR, words) else 12 if re.fullmatch(DOZEN, words) else small_number(words)
    if low is None or low > _HIGHEST:
        return None
    high: int | None = low
    if match["high"] is not None:
        high = small_number(match["high"])
        if high is None or high < low or high > _HIGHEST:
            return None
    if match["least"] is not None:
        sign = match["least"].replace(" ", "")
        strict = sign in (
            ">",
            "morethan",
            "over",
            "upwardsof",
            "upwardof",
            "inexcessof",
            "greaterthan",
            "exceeds",
            "exceeding",
        )
        return low + 1 if strict else low, None, False
    if match["plus"] is not None:
        return low, None, False
    if match["most"] is not None:
        strict = match["most"].replace(" ", "") in ("<", "fewerthan", "lessthan", "under")
        return 0, (high or low) - 1 if strict else high, False
    return low, high, match["about"] is not None
