"""Does a message speak of one patient or of two? Two at once are never read: a value could land on the wrong one."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from bot.extraction.lexicon import words_pattern
from bot.extraction.mention import Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

_LABELLED = quick(
    r"(?<![a-z])(?:pt|pts|patient|candidate|subject|case|person|pat|bed|room)\.?\s?(?:no\.?\s?|#\s?|"
    r"number\s)?"
    r"(?P<label>[a-d]|[1-9]\d?|one|two|i{1,3})(?=\s?(?:[:,)=.-]|\s(?:is|has|had|was|with|a)\b|\s\d))",
)
_AGE_SEX = quick(
    r"(?<![a-z0-9.-])(?P<age>[1-9]\d)\s?-?(?:y/?o\.?|yrs?|years?[ -]?old|year[ -]old)?\s?-?(?P<sex>m|f|"
    r"male|female|man|woman|"
    r"lady|gentleman)(?![a-z0-9])(?!-?(?:fdg|psma))"
)
_NUMBERED = quick(
    r"(?<![a-z0-9])(?:two|both|three|four|2|3|4|several)\s(?:\w+\s)?(?:patients|pts|candidates|"
    r"subjects|cases|people|women|men|ladies|gentlemen)(?![a-z])"
)
_FIRST_SECOND = quick(
    r"(?<![a-z])(?:the\s)?first(?:\sone|\spatient|\spt)?(?:\sis)?[,"
    r":]?\s(?:is\s)?(?:an?\s)?(?:man|woman|male|female|\d\d)[^\n]{0,"
    r"300}?(?<![a-z])second(?:\sone|\spatient|\spt)?(?:\sis)?[,"
    r":]?\s(?:is\s)?(?:an?\s)?(?:man|woman|male|female|\d\d)"
)
_NAMED = quick(
    r"(?:^|[.;\n]\s*)(?P<title>Mr|Mrs|Ms|Miss)\.?\s(?P<name>[A-Z][a-z]+)(?=\s?[:,(]|"
    r"\s(?:is|has|was)\s)"
)
_OTHER_CUE = quick(r"(?<![a-z])(?:mistake|sorry|correction|wait|actually|meant|typo|wrong)(?![a-z])")


def two_patients(doc: Doc, scene: Scene) -> tuple[int, int] | None:
    """The place (start, end) where a second patient shows, or None."""
    for match in words_pattern("en", "person", "two_patients").finditer(scene.low):
        if not qualify(doc, match.start(), match.end()).foreign:
            return match.span()
    for pattern in (_NUMBERED, _FIRST_SECOND):
        found = pattern.search(scene.low)
        if (
            found
            and not qualify(doc, found.start(), found.end()).foreign
            and not re.match(r"\s(?:with|in|who|from|on|were|received) ", scene.low[found.end() :])
        ):
            return found.span()
    named: dict[str, re.Match[str]] = {}
    for match in _NAMED.finditer(scene.text):
        named.setdefault(match["name"], match)
        if len(named) > 1:
            return match.span()
    labels: dict[str, re.Match[str]] = {}
    for match in _LABELLED.finditer(scene.low):
        if qualify(doc, match.start(), match.end()).other_person is not None:
            continue  # "his sister in bed 9"
        labels.setdefault(match["label"], match)
        if len(labels) > 1:
            return match.span()
    seen: dict[tuple[str, str], re.Match[str]] = {}
    for match in _AGE_SEX.finditer(scene.low):
        if qualify(doc, match.start(), match.end()).foreign or (
            match["sex"] == "m" and scene.text[match.start("sex")] == "m"
        ):
            continue
        seen.setdefault((match["age"], match["sex"][0].replace("w", "f").replace("l", "f").replace("g", "m")), match)
    ages = [int(age) for age, _ in seen]
    if len(seen) > 1 and ((len({sex for _, sex in seen}) > 1 and len(set(ages)) > 1) or max(ages) - min(ages) > 2):
        first, second, *_ = seen.values()
        if not _OTHER_CUE.search(scene.low, first.end(), second.end() + 40):
            return second.span()
    return None
