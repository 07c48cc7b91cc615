"""Lesions told one by one: "one in L3, one in the ilium", "deposits in T4, T8 and L2", "2 left and 5 right".

A list is read whole or not at all: where one item has no number that can be read, the sum is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.extraction.en.lesion_words import MET, spread_words, words_pattern
from bot.extraction.en.numbers import number_words, small_number
from bot.extraction.lexicon import lexicon
from bot.extraction.mention import Scene
from bot.extraction.quick import quick

_VERTEBRA = r"[ctl]\d{1,2}(?!\d)"
_NUMBER = rf"(?:\d{{1,2}}|{number_words()}|an?|another|single|a\ssingle|just\sone|only\sone)"
_NOUNS = r"(?:lesions?|mets?|metastas[ei]s|nodules?|deposits?|foci|focus|spots?|ones?)"
_VAGUE = quick(
    r"(?<![a-z])(?:some|several|multiple|many|few|numerous|various|others?|more|rest|diffuse|couple|handful|least|"
    r"about|maybe|or|up\sto|third|fourth|fifth|further|both|all)(?![a-z])|[?<>~+]|\d\s?-\s?\d"
)
_LEFT_RIGHT = quick(
    rf"(?<![a-z])(?:lungs?|pulmonary|liver|hepatic|ribs?|bone|adrenal)\s(?:{_NOUNS})\s?[,:(-]?\s?(?:with\s)?"
    rf"(?P<a>\d{{1,2}}|{number_words()})\s(?:on\sthe\s|in\sthe\s)?(?:left|right)(?:\slung)?\s?(?:,|and|&|\+|plus)\s?"
    rf"(?P<b>\d{{1,2}}|{number_words()})\s(?:on\sthe\s|in\sthe\s)?(?:left|right)(?![a-z])"
)
# "lung mets on CT, four nodules on the right and two on the left"
_ON_EACH_SIDE = quick(
    rf"(?<![a-z])(?:lungs?|pulmonary)\s[^.;\n\d]{{0,40}}?(?<![\w-])(?P<a>\d{{1,2}}|{number_words()})\s"
    rf"(?:{_NOUNS}\s)?(?:on|in)\sthe\s(?P<side>left|right)(?:\slung)?\s?(?:,\s?and|,|and|&|\+|plus)\s?"
    rf"(?P<b>\d{{1,2}}|{number_words()})\s(?:{_NOUNS}\s)?(?:on|in)\sthe\s(?!(?P=side))(?:left|right)"
    rf"(?![a-z])(?!\s(?!lung)[a-z]+\s?(?:,|\.|lobe|node|neck|rib))"
)
_SEVERAL_VERTEBRAE = quick(
    rf"(?<![a-z])(?P<head>(?:deposits|lesions|foci|{MET}|avid\sfoci)\s?(?:in|at|of|to|:|"
    rf"\()\s?(?:the\s)?(?:vertebrae\s|bodies\s)?)"
    rf"(?P<list>{_VERTEBRA}(?:(?:\s?[,/&+]\s?|\s?,?\sand\s){_VERTEBRA}){{1,9}})(?!\s?-\s?[ctl]?\d)(?![a-z0-9])"
    rf"(?P<more>(?:,?\sand|,|\s\+|\splus)\s(?P<n>\d{{1,2}}|{number_words()})\s(?:lesions?\s|deposits?\s)?(?:in|"
    rf"of|at)\s)?"
)
_COUNTED_BEFORE = quick(
    rf"(?<![\w.])(?:\d{{1,2}}|{number_words()}|multiple|several|many|including|eg|"
    rf"e\.g\.)\s(?:[\w-]+\s){{0,2}}$"
)
_JUST_ONE = quick(
    r"(?:just |only )?(?:an? )?(?:single|solitary|lone|sole|one)(?: (?:one|lesion|met|metastasis|deposit|"
    r"nodule))?(?: only)?"
    r"(?:,? (?:in|at|of) (?:the )?(?:[\w-]+ ?){1,3})?"
)
_TOTAL_AND_PARTS = quick(
    rf"(?P<n>\d{{1,2}}|{number_words()})(?: (?:lesions?|"
    rf"mets))? ?[(:] ?(?P<parts>[^()]+)\)?"
)
_ITEM_JOINT = quick(r"\s?(?:,|;|\n|&|\+|\bplus\b|\band\b)\s?")


@cache
def _item(language: str) -> tuple[re.Pattern[str], ...]:
    site = words_pattern(spread_words(lexicon(language), "organs"))
    # "liver segment VI", "rib 7", but not "liver 2 bone"
    tail = (
        rf"(?:\s(?:segments?|seg)\s(?:\d\w?|[ivx]+)|(?<=rib)\s\d{{1,2}}|\s(?!{number_words()}(?![a-z]))[a-z-]+){{0,2}}"
    )
    where = rf"(?:(?!\d|(?:{number_words()}|{site})(?![a-z]))[\w-]+\s){{0,3}}?(?:{site}|{_VERTEBRA}){tail}"
    return (
        quick(rf"(?P<n>{_NUMBER})\s(?:x\s)?(?:{_NOUNS}\s)?(?:(?:in|at|of|on)\s)?(?:the\s)?{where}"),
        quick(rf"{where}\s?(?:[:=(x-]|\sx)?\s?x?(?P<n>\d{{1,2}}|{number_words()})\)?"),
        quick(rf"(?:the\s)?(?:left\s|right\s)?{_VERTEBRA}(?:\sbody|\svertebra)?"),
        quick(rf"(?:,|,?\sand|\s\+|\splus)\s(?:the\s|a\s)?(?:left\s|right\s|both\s)?{site}(?![a-z])"),
    )


def answered_one_by_one(text: str) -> tuple[int | None, bool]:
    """(sum, whether the words are such a list) for an answer to the question for the number; None: not readable."""
    bare = re.sub(r"^(?:it'?s|there (?:is|are|was|were)|yes,?)\s", "", text.strip(" .!").lower())
    if _JUST_ONE.fullmatch(bare):
        return 1, True
    if (whole := _TOTAL_AND_PARTS.fullmatch(bare)) is not None:
        total_said, (parts_sum, _) = small_number(whole["n"]), answered_one_by_one(whole["parts"])
        return (total_said if parts_sum in (None, total_said) else None), True
    parts = [part for part in _ITEM_JOINT.split(bare) if part]
    if not parts or len(bare) > 160:
        return None, False
    counted, sited, alone, _ = _item("en")
    total, known, numbers = 0, True, 0
    for part in parts:
        match = counted.fullmatch(part) or sited.fullmatch(part)
        if match is not None:
            word = match["n"]
            one = word.startswith("a") or word in ("single", "just one", "only one")
            number = 1 if one else small_number(word)
            total, numbers = total + (number or 0), numbers + 1
            known = known and number is not None
        elif alone.fullmatch(part):
            total += 1
        else:
            known = False
    looks_like_one = (numbers > 0 and len(parts) > 1) or (known and total > 0)
    if looks_like_one and (not known or _VAGUE.search(bare)):
        return None, True
    return (total if known and looks_like_one else None), looks_like_one


def told_one_by_one(scene: Scene) -> Iterator[tuple[int, int, int, str]]:
    """(sum, start, end, organ) of lists in running text."""
    each = (match for match in _ON_EACH_SIDE.finditer(scene.low) if not _VAGUE.search(match.group()))
    for match in (*_LEFT_RIGHT.finditer(scene.low), *each):
        left, right = small_number(match["a"]), small_number(match["b"])
        if left is not None and right is not None:
            yield left + right, *match.span(), "lung"
    for match in _SEVERAL_VERTEBRAE.finditer(scene.low):
        if _COUNTED_BEFORE.search(scene.low[max(0, match.start() - 40) : match.start()]):
            continue
        if match["n"] is None and _item("en")[3].match(scene.low, match.end()):
            continue  # "T4, T5 and the left ilium": the last one has no number
        named = len(set(re.findall(_VERTEBRA, match["list"])))
        more = small_number(match["n"]) if match["n"] else 0
        yield named + (more or 0), *match.span(), "bone"
