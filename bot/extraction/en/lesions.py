"""How many metastatic lesions there were at diagnosis.

Lesions are counted, not organs: "bone and liver" gives no number, "three organs" neither. "Innumerable" and "more than
three" are 4 (contract), a range that lies on both sides of the protocol's cut is no number. What is left after
treatment is not the number at diagnosis.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from bot.extraction.en.lesion_counts import AFTER_THERAPY, FACT, MANY, Count, lesion_counts, site_in
from bot.extraction.en.lesion_lists import answered_one_by_one
from bot.extraction.en.lesion_words import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    DOZEN,
    MET,
    NOUN,
    PAIR,
    UNCOUNTED,
    read_quantity,
    spread_words,
    words_pattern,
)
from bot.extraction.en.numbers import number_words
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify

_CUT = 3  # AJCC version 9: up to three lesions M1a, more M1b
_TEXT = {
    "range": "the number of lesions lies on both sides of three; how many were there at diagnosis?",
    "limit": "only an upper limit or a range is given; how many lesions were there at diagnosis?",
    "about": "the number of lesions is only approximate; how many were there at diagnosis?",
    "partial": "only some of the metastases are counted; how many lesions were there in all at diagnosis?",
    "nodes": "it is not clear whether distant nodes count as lesions; how many lesions were there at diagnosis?",
    "conflict": "the numbers given do not add up; how many lesions were there in all at diagnosis?",
    "vague": "metastases are named without a number; how many lesions were there at diagnosis?",
    "doubt": "the number of lesions is given with a doubt; how many were there at diagnosis?",
}


def _uncounted(scene: Scene, counts: list[Count]) -> bool:
    """Whether metastases are named that no number covers ("2 liver mets and bone mets", "multiple bone lesions")."""
    pattern = rf"(?:multiple|several|many|numerous|few|some|various|extensive)\s(?:[\w-]+\s){{0,3}}?{NOUN}"
    for match in re.finditer(pattern, scene.low):
        if not any(count.start <= match.start() < count.end for count in counts) and not re.search(
            r"nodes?$|lns?$|neck|cervical", match.group()
        ):
            return True
    organ = words_pattern(spread_words(scene.lexicon, "organs"))
    if re.search(
        rf"(?<![a-z]){organ}\s?[:(=-]?\s?(?:multiple|several|many|numerous|diffuse|few|some)(?![a-z])", scene.low
    ):
        return True  # "lung (multiple), liver (2)"
    counted = {site for count in counts for site in count.site.split("+")}
    site = words_pattern(spread_words(scene.lexicon, "organs"))
    joined = rf"\b(?P<site>{site})(?:\s(?:and|&|\+|/)\s(?P<next>{site}))?\s?(?:{MET}|nodes|lns|deposits)\b"
    for match in re.finditer(joined, scene.low):
        for word in (match["site"], match["next"]):
            if word and site_in(scene, word) not in counted:
                return True
    placed = rf"(?<![a-z])(?:{MET})\s(?:in|to)\s(?:the\s|both\s|her\s|his\s)?(?P<site>{site})(?![a-z])"
    for match in re.finditer(placed, scene.low):
        inside = any(count.start <= match.start() < count.end for count in counts)
        if not inside and not any(match["site"] in scene.low[count.start : count.end + 30] for count in counts):
            return True  # "metastases in the spine and one in the pelvis"
    return False


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """The mention of ``metastatic_lesion_count``, or the doubt about it."""
    if scene.asked == FACT:
        number, listed_so = answered_one_by_one(scene.text)
        if listed_so and not qualify(doc, 0, len(scene.text)).foreign:
            doubt = None if number is not None else _TEXT["partial"]
            yield Mention(FACT, number, 0, len(scene.text.rstrip()), doubt, rank=1)
            return
    if not re.search(
        r"met|lesion|nodul|deposit|solitary|single|innumer|oligo|tntc|secondaries|转移|灶|liver|bone|"
        r"lung|rib|vertebra|mnpc|counted|\bm1",
        scene.low,
    ):
        return
    counts: list[Count] = []
    for count in sorted(lesion_counts(doc, scene), key=lambda found: (not found.total, -(found.end - found.start))):
        if not any(count.start < other.end and other.start < count.end for other in counts):
            counts.append(count)
    counts = [count for count in counts if not _explains(scene, counts, count)]
    if counts:
        yield _conclude(doc, scene, sorted(counts, key=lambda found: found.start))
    else:
        yield from _vague(doc, scene)
        found = _BARE_RANGE.search(scene.low)
        if found and not qualify(doc, *found.span()).foreign:
            yield Mention(FACT, None, *found.span(), _TEXT["range"])


def _explains(scene: Scene, counts: list[Count], part: Count) -> bool:
    """Whether a count only explains another: "five bony deposits (two ribs, T11, L4, right femur)"."""
    opened = scene.low.rfind("(", max(0, part.start - 80), part.start + 1)
    if opened < 0 or ")" in scene.low[opened : part.start]:
        return False
    closed = scene.low.find(")", part.start)
    inside = [c for c in counts if opened <= c.start and c.end <= (closed if closed >= 0 else len(scene.low)) + 1]
    return any(
        whole is not part
        and whole.high == whole.low
        and 0 <= opened - whole.end <= 2
        and sum(c.low for c in inside) < whole.low
        for whole in counts
        if whole.end <= opened + 1
    )


_BARE_RANGE = re.compile(
    r"(?<![\w.,/-])\d{1,2}\s?(?:-|to|or)\s?\d{1,2}\s(?:\w+\s)?lesions(?![a-z])"
    rf"|(?<![a-z])(?:{MET}|lesions)\s(?:\w+\s){{0,2}}?between\s(?:\d{{1,2}}|"
    rf"{number_words()})\sand\s(?:\d{{1,2}}|{number_words()})(?!\w)"
    rf"|(?<![a-z])between\s(?:\d{{1,2}}|{number_words()})\sand\s(?:\d{{1,2}}|{number_words()})\s(?:{MET}|"
    rf"lesions)(?![a-z])"
)
_VAGUE = re.compile(
    rf"(?<![a-z])(?:(?:multiple|several|many|numerous|few|some|various|extensive|scattered|"
    rf"a\scouple\sof)\s(?:[\w/+-]+\s){{0,4}}?(?:{MET}|lesions|nodules|deposits)|"
    rf"(?:a\s)?handful\sof\s(?:\w+\s){{0,3}}?{MET}|oligo-?\s?(?:metasta\w+|mets?|m1)|"
    rf"polymetasta\w+|"
    rf"{MET}\s(?:\w+\s){{0,2}}?(?:in|to)\s(?:\d|two|three|four|five|multiple|several|"
    rf"many)\s(?:different\s)?(?:organs?|sites?)|{MET}[^.;\n]{{0,40}}\bmultiple)(?![a-z])|多发"
)


def _vague(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "Multiple bone mets" and "oligometastatic" are no numbers: the number is asked for."""
    for match in _VAGUE.finditer(scene.low):
        context = qualify(doc, match.start(), match.end())
        if context.foreign or context.negated or context.planned or context.other_cancer:
            continue
        if not re.search(rf"{MET}|oligo|转移|liver|lung|bone", match.group()) and scene.asked != FACT:
            continue
        if re.search(r"neck|cervical|node|nodal", match.group()) or AFTER_THERAPY.search(match.group()):
            continue
        yield Mention(FACT, None, match.start(), match.end(), _TEXT["vague"])
        return


def _conclude(doc: Doc, scene: Scene, counts: list[Count]) -> Mention:
    """One number out of the counts: a total as it is, otherwise the sum over different sites."""
    totals = [count for count in counts if count.total]
    parts = _different([count for count in counts if not count.total])
    if any(count.site for count in parts):
        # "seven metastatic lesions (liver four, bones three)": the number without an organ is the whole
        totals += [count for count in parts if not count.site]
        parts = [count for count in parts if count.site]
    chosen = totals or parts
    start, end = min(count.start for count in chosen), max(count.end for count in chosen)
    if any(qualify(doc, count.start, count.end).uncertain and not count.about for count in chosen):
        return Mention(FACT, None, start, end, _TEXT["doubt"])
    if any(count.about for count in chosen):
        return Mention(FACT, None, start, end, _TEXT["about"])
    if totals:
        ranges = {(count.low, count.high) for count in totals}
        if len(ranges) > 1:
            return Mention(FACT, None, start, end, _TEXT["conflict"], tuple(sorted({low for low, _ in ranges})))
        low, high = ranges.pop()
        counted = sum(count.low for count in parts)
        if high is not None and counted > high:
            return Mention(FACT, None, start, end, _TEXT["conflict"], (high, counted))
    else:
        low = sum(count.low for count in parts)
        open_end = any(count.high is None for count in parts) or _uncounted(scene, parts)
        high = None if open_end else sum(count.high or 0 for count in parts)
    if not totals and all("distant node" in count.site and "+" not in count.site for count in parts):
        return Mention(FACT, None, start, end, _TEXT["nodes"])
    return _bounded(low, high, start, end, partial=not totals and _uncounted(scene, parts))


def _different(parts: list[Count]) -> list[Count]:
    """The counts of different sites; a site that is counted again later is not added twice."""
    kept: list[Count] = []
    for count in parts:
        if count.site and any(other.site == count.site and other.low == count.low for other in kept):
            continue
        kept.append(count)
    return kept


def _bounded(low: int, high: int | None, start: int, end: int, partial: bool = False) -> Mention:
    """The contract's number for "at least low, at most high"."""
    if high is not None and low == high:
        return Mention(FACT, low, start, end)
    if low > _CUT:
        return Mention(FACT, low, start, end)
    if high is not None and high <= _CUT:
        return Mention(FACT, None, start, end, _TEXT["limit"], tuple(range(max(low, 1), high + 1)))
    return Mention(FACT, None, start, end, _TEXT["partial" if partial else "range"])


def _answer(text: str, scene: Scene) -> Answer | None:
    """ "5", ">3", "2-4", "five lesions", "innumerable" once the count was asked for."""
    bare = re.sub(r"^(?:i |we |they )?(?:counted|count|saw|found) ", "", text.strip(" .,!()").lower())
    bare = re.sub(
        r" (?:(?:seen|visible|shown) )?(?:on|by|in) (?:the |her |his |baseline |"
        r"first )*[\w/-]{2,9}(?: scan)?$",
        "",
        bare,
    )
    if re.fullmatch(
        r"(?:multiple|several|many|a few|some|lots|a handful|oligometastatic)(?: of them| lesions|"
        r" mets)?",
        bare,
    ):
        return Answer(None, _TEXT["vague"])
    if re.fullmatch(
        rf"(?:{UNCOUNTED}|dozens|hundreds|diffuse|disseminated|widespread)(?: lesions| mets|"
        rf" them)?",
        bare,
    ):
        return Answer(MANY)
    if re.fullmatch(rf"(?:{PAIR}|a pair)(?: \w+)?", bare):
        return Answer(2)
    number = rf"(?:\d{{1,3}}|{number_words()}|{DOZEN})"
    match = re.fullmatch(
        rf"(?:there (?:were|are|was) |it'?s |i counted )?(?:(?P<least>{AT_LEAST})|"
        rf"(?P<most>{AT_MOST})|(?P<about>{ABOUT}))?\s{{0,2}}"
        rf"(?P<low>{number})(?P<plus>\s?\+|\sor\smore)?(?:\s?(?:-|to|or|"
        rf"/)\s?(?P<high>{number}))?(?:\s(?:in all|in total|total|{NOUN}|of them))*",
        bare,
    )
    if match is None:
        if re.fullmatch(r"solitary|single|just the one|only one", bare):
            return Answer(1)
        return None
    quantity = read_quantity(match)
    if quantity is None:
        return None
    low, high, about = quantity
    if about:
        return Answer(None, _TEXT["about"])
    found = _bounded(low, high, 0, 0)
    return Answer(found.value, found.doubt)


ANSWERS = {FACT: _answer}
