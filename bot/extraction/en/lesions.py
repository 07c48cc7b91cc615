"""How many metastatic lesions there were at diagnosis.

Lesions are counted, not organs: "bone and liver" gives no number, "three organs" neither. "Innumerable" and "more than
three" are 4 (contract), a range that lies on both sides of the protocol's cut is no number. What is left after
treatment is not the number at diagnosis.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.lesion_words import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    MET,
    NOUN,
    patterns,
    read_quantity,
    spread_words,
    words_pattern,
)
from bot.extraction.en.numbers import number_words
from bot.extraction.en.terms import after, before, listed, sentence
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify

FACT = "metastatic_lesion_count"
MANY = 4  # the contract's value for "more than three" and "innumerable"
_CUT = 3  # AJCC version 9: up to three lesions M1a, more M1b
_NOT_A_COUNT_BEFORE = re.compile(
    r"(?<![a-z])(?:segment|seg|level|grade|stage|phase|station|suv(?:max)?|type|who|t|n|m|l|"
    r"c|s|day|cycle|dose|zone|ecog|ps|no\.|#|/|every|"
    r"measuring|size[d]?)[\s:=]{0,2}$|\d[.,x/]$"
)
_NOT_DISTANT = re.compile(
    r"nasophary|primary|neck|cervical|retrophary|supraclav|parotid|level|target|index|"
    r"benign|skin tag"
)
_AFTER_THERAPY = re.compile(
    r"\b(?:residual|remaining|remains?|persist\w*|now|currently|still|today|after (?:chemo|"
    r"treatment|therapy|gp|\d|c\d|induction|the)|"
    r"post[- ](?:chemo|treatment|therapy|induction)|resolved|disappeared|new|treated|irradiated|biopsied|target)\b"
)
_NUMBER_BEFORE = re.compile(rf"(?<![\w.])(?:\d{{1,3}}|{number_words()}) $")
_VERTEBRA = re.compile(r"(?<![a-z0-9])[ctl]\d{1,2}(?![a-z0-9])")
_LEFT_AFTER = re.compile(
    r"^\s(?:remain|persist|left|resolved|disappeared|is left|are left)|"
    r"^\s?(?:\w+\s)?(?:cysts?|h(?:a)?emangioma|benign)"
)
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


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of lesions in one place; ``low`` at least, ``high`` at most (None: open)."""

    low: int
    high: int | None
    start: int
    end: int
    site: str
    total: bool = False
    about: bool = False


@cache
def _organ_of(words: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return dict(words)


def _organs(scene: Scene) -> dict[str, str]:
    """Word to organ, so that "two hepatic and three liver lesions" is not taken for two organs."""
    content = scene.lexicon["spread"]["organs"]
    return _organ_of(tuple((word, organ) for organ, terms in content.items() for word in listed(terms)))


def _site_in(scene: Scene, words: str) -> str:
    """The organs that some words name, "" for none."""
    organs = _organs(scene)
    found = {"bone"} if _VERTEBRA.search(words.lower()) else set()
    found |= {organs[word] for word in re.findall(r"[a-z]+|[\u4e00-\u9fff]", words.lower()) if word in organs}
    return "+".join(sorted(found))


def _counts(doc: Doc, scene: Scene) -> Iterator[_Count]:
    sites = tuple(spread_words(scene.lexicon, "organs"))
    counted, sited, site_first, total, total_after, single, after_it, many = patterns(sites)
    speaks_of_mets = scene.asked == FACT or bool(
        re.search(
            rf"{MET}|\bm1|n[0-3x][a-c]?[\s,]?m1|转移|oligo|disseminat|avid|\biv[abc]\b|baseline\s(?:\w+\s)?lesions?|"
            rf"lesions?\s(?:before|prior to)\s(?:treatment|therapy|chemo)|number of lesions|"
            rf"distant\s(?:lesions?|deposits?|nodules?)|lesion (?:count|number|no)\b|lesions?\s?[:=|]\s?\d|"
            rf"lesions at (?:diagnosis|baseline)",
            scene.low,
        )
    )
    for match in many.finditer(scene.low):
        if speaks_of_mets and _of_this_patient(doc, scene, match):
            yield _Count(MANY, None, *match.span(), "", total=True)
    for match in (*single.finditer(scene.low), *after_it.finditer(scene.low)):
        words = match.group()
        site = _site_in(scene, words + " " + after(scene.text, match.end(), 18))
        if ((site and speaks_of_mets) or re.search(MET, words)) and _of_this_patient(doc, scene, match):
            yield _Count(1, 1, *match.span(), site)
    for pattern, is_total in (
        (total_after, True),
        (total, True),
        (counted, False),
        (site_first, False),
        (sited, False),
    ):
        for match in pattern.finditer(scene.low):
            count = _count(doc, scene, match, is_total, speaks_of_mets)
            if count is not None:
                yield count


def _count(doc: Doc, scene: Scene, match: re.Match[str], is_total: bool, speaks_of_mets: bool) -> _Count | None:
    quantity = read_quantity(match)
    if (
        match.start("low") > match.start()
        and match.groupdict().get("site")
        and _NUMBER_BEFORE.search(scene.low[max(0, match.start() - 8) : match.start()])
    ):
        return None  # "3 liver 2 bone": the number before the organ is its own
    if re.match(r"^\s?of\s(?:the|his|her|these|those|\d)\b", scene.low[match.end("low") : match.end("low") + 8]):
        return None  # "two of the four bone lesions": the four are the count
    if quantity is None or _NOT_A_COUNT_BEFORE.search(before(scene.text, match.start(), 14)):
        return None
    words = match.group() + " " + _tail(scene, match.end())
    site = _site_in(scene, words)
    metastatic = bool(re.search(MET, words) or site or (is_total and speaks_of_mets) or _at_baseline(scene, match))
    metastatic = metastatic or "distant" in match.group() or _beside_m1(scene, match)
    if not metastatic or not speaks_of_mets or not _of_this_patient(doc, scene, match):
        return None
    if is_total and not _total_of_lesions(scene, match):
        return None
    if re.search(r"\b(?:cm|mm|cycles?|organs?|sites?|gy|mg)\b", match.group()):
        return None
    low, high, about = quantity
    if high == 0 and site:
        return None  # "liver mets: nil" leaves the other organs open
    return _Count(low, high, match.start(), match.end(), site, is_total, about)


def _at_baseline(scene: Scene, match: re.Match[str]) -> bool:
    """ "baseline ten lesions", "seven lesions before treatment"."""
    behind = after(scene.text, match.end(), 14)
    beside = before(scene.text, match.start(), 12).endswith("baseline ") or re.match(
        r"^\s(?:before|prior to|at )", behind
    )
    return "lesion" in match.group() and bool(beside)


_M1 = re.compile(r"(?<![a-z0-9])(?:[ct]*\d?[a-c]?n\d[a-c]?)?m1[ab]?(?![a-z0-9])")
_PLAIN_LESIONS = re.compile(r"(?:\D{0,12})\d{1,3}\s(?:lesions?|deposits?|nodules?)")


def _beside_m1(scene: Scene, match: re.Match[str]) -> bool:
    """ "M1b, 6 lesions", "T3N2M1, PET-CT: 6 lesions": beside M1 bare lesions are the metastases."""
    if not _PLAIN_LESIONS.fullmatch(match.group()) or re.search(r"target|neck|primary|index", match.group()):
        return False
    first, _ = sentence(scene.text, match.start())
    before_it = scene.low[max(first, match.start() - 60) : match.start()]
    ahead = re.search(r"(?:[,:(;-]|\bwith|\band|\bon (?:the )?(?:pet|ct|scan)\S*)\s?$", before_it)
    behind = re.match(r"^\s?(?:$|[,.;)]|(?:on|at|in all|in total|before|by)\b)", after(scene.text, match.end(), 16))
    return bool(ahead and behind and _M1.search(before_it)) or bool(
        behind and re.match(r"^\s?[,(]\s?c?m1[ab]?(?![a-z0-9])", after(scene.text, match.end(), 8))
    )


def _tail(scene: Scene, end: int) -> str:
    """The words after a count that say where the lesions are: "in the liver and lung"."""
    found = re.match(r"^[\s(]{0,2}(?:in|of|at|to|on)\s(?:the\s)?([\w\s,&/+-]{0,30})", after(scene.text, end, 40))
    return re.split(r"\d", found[1])[0] if found else ""


def _total_of_lesions(scene: Scene, match: re.Match[str]) -> bool:
    """A total counts where the same sentence speaks of metastases, not of cycles or doses."""
    first, last = sentence(scene.text, match.end() - 1)  # "no. of mets" may be cut after its full stop
    words = scene.low[min(first, match.start()) : last]
    behind = after(scene.text, match.end(), 22)
    if re.match(
        r"^\s?(?:cycles?|doses?|courses?|fractions?|gy|years?|months?|weeks?|days?|organs?|"
        r"sites?|patients?|%|cm|mm|/)",
        behind,
    ):
        return False
    if re.search(
        r"(?:cycles?|doses?|courses?|chemo|gp|visits?|fractions?)\s?[:,(]?\s?$", before(scene.text, match.start(), 16)
    ):
        return False
    return (
        bool(re.search(rf"{MET}|lesion|nodule|deposit|转移|病灶", words) or _site_in(scene, words))
        or scene.asked == FACT
    )


def _of_this_patient(doc: Doc, scene: Scene, match: re.Match[str]) -> bool:
    start, end = match.span()
    context = qualify(doc, start, end)
    negated = context.negated and not scene.low.startswith(("no.", "no of", "not more", "no more"), start)
    if context.foreign or negated or context.planned or context.other_cancer:
        return False
    if _NOT_DISTANT.search(match.group()) and not re.search(MET, match.group()):
        return False
    ahead = re.split(r"[,;]", before(scene.text, start, 40))[-1]
    behind = after(scene.text, end, 22)
    if _AFTER_THERAPY.search(ahead + " " + match.group()) or _LEFT_AFTER.match(behind):
        return False
    return "retrophary" not in before(scene.text, start, 22) + match.group() + behind


def _uncounted(scene: Scene, counts: list[_Count]) -> bool:
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
    for match in re.finditer(rf"\b(?P<site>{site})(?:\s(?:and|&|\+|/)\s(?P<next>{site}))?\s?(?:{MET})\b", scene.low):
        for word in (match["site"], match["next"]):
            if word and _site_in(scene, word) not in counted:
                return True
    return False


def find(doc: Doc, scene: Scene) -> Iterable[Mention]:
    """The mention of ``metastatic_lesion_count``, or the doubt about it."""
    if not re.search(r"met|lesion|nodul|deposit|solitary|single|innumer|转移|灶|liver|bone|lung", scene.low):
        return
    counts: list[_Count] = []
    for count in sorted(_counts(doc, scene), key=lambda found: (not found.total, -(found.end - found.start))):
        if not any(count.start < other.end and other.start < count.end for other in counts):
            counts.append(count)
    if counts:
        yield _conclude(doc, scene, sorted(counts, key=lambda found: found.start))
    else:
        yield from _vague(doc, scene)
        found = re.search(r"(?<![\w.,/-])\d{1,2}\s?(?:-|to|or)\s?\d{1,2}\s(?:\w+\s)?lesions(?![a-z])", scene.low)
        if found and not qualify(doc, *found.span()).foreign:
            yield Mention(FACT, None, *found.span(), _TEXT["range"])


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
        if re.search(r"neck|cervical|node|nodal", match.group()) or _AFTER_THERAPY.search(match.group()):
            continue
        yield Mention(FACT, None, match.start(), match.end(), _TEXT["vague"])
        return


def _conclude(doc: Doc, scene: Scene, counts: list[_Count]) -> Mention:
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


def _different(parts: list[_Count]) -> list[_Count]:
    """The counts of different sites; a site that is counted again later is not added twice."""
    kept: list[_Count] = []
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
    bare = text.strip(" .,!()").lower()
    if re.fullmatch(r"(?:multiple|several|many|a few|some|lots|oligometastatic)(?: of them| lesions| mets)?", bare):
        return Answer(None, _TEXT["vague"])
    if re.fullmatch(
        r"(?:innumerable|countless|too many to count|uncountable|diffuse|disseminated|"
        r"widespread)(?: lesions)?",
        bare,
    ):
        return Answer(MANY)
    number = rf"(?:\d{{1,3}}|{number_words()})"
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
