"""Numbers of metastatic lesions in a message, each with its place and organ; lesions.py says what they come to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.lesion_lists import told_one_by_one
from bot.extraction.en.lesion_words import (
    MET,
    patterns,
    read_quantity,
    spread_words,
)
from bot.extraction.en.numbers import number_words
from bot.extraction.en.terms import after, before, listed, sentence
from bot.extraction.mention import Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

FACT = "metastatic_lesion_count"
MANY = 4  # the contract's value for "more than three" and "innumerable"
_NOT_A_COUNT_BEFORE = quick(
    r"(?<![a-z])(?:segment|seg|level|grade|stage|phase|station|suv(?:max)?|type|who|t|n|m|l|"
    r"c|s|day|cycle|dose|zone|ecog|ps|no\.|#|/|every|"
    r"measuring|size[d]?)[\s:=]{0,2}$|\d[.,x/-]$"
)
_NOT_DISTANT = quick(
    r"nasophary|primary|neck|cervical|retrophary|supraclav|parotid|level|target|index|"
    r"benign|skin tag"
)
AFTER_THERAPY = quick(
    r"\b(?:residual|remaining|remains?|persist\w*|now|currently|still|today|after (?:chemo|"
    r"treatment|therapy|gp|\d|c\d|induction|the)|"
    r"post[- ](?:chemo|treatment|therapy|induction)|resolved|disappeared|new|treated|irradiated|biopsied|target)\b"
)
_NUMBER_BEFORE = quick(rf"(?<![\w.])(?:\d{{1,3}}|{number_words()}) $")
_VERTEBRA = quick(r"(?<![a-z0-9])[ctl]\d{1,2}(?![a-z0-9])")
_LEFT_AFTER = quick(
    r"^\s(?:remain|persist|left|resolved|disappeared|is left|are left|now|currently|today|at present)(?![a-z])|"
    r"^\s?(?:\w+\s)?(?:cysts?|h(?:a)?emangioma|benign)"
)

_NUMBER_NOT_NO = quick(r"no\.|no\sof|not?\s(?:more|less|fewer)\sthan")


@dataclass(frozen=True, slots=True)
class Count:
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


def site_in(scene: Scene, words: str) -> str:
    """The organs that some words name, "" for none."""
    organs = _organs(scene)
    found = {"bone"} if _VERTEBRA.search(words.lower()) else set()
    found |= {organs[word] for word in re.findall(r"[a-z]+|[\u4e00-\u9fff]", words.lower()) if word in organs}
    return "+".join(sorted(found))


# "stage IV UICC 9\nT3": the number of an edition at the end of a line counts nothing in the next.
_NEXT_LINE = re.compile(r"\d{1,3}[^\S\n]*\n\s*[ctl]\d")
_EDITION = re.compile(r"(?<![a-z])(?:uicc|ajcc|tnm)\s?v?\.?$")


def lesion_counts(doc: Doc, scene: Scene) -> Iterator[Count]:
    """What counts the metastatic lesions in the text."""
    for count in _every_count(doc, scene):
        of_an_edition = _EDITION.search(scene.low, max(0, count.start - 12), count.start) is not None
        if not of_an_edition and _NEXT_LINE.match(scene.low, count.start, count.end) is None:
            yield count


def _every_count(doc: Doc, scene: Scene) -> Iterator[Count]:
    sites = tuple(spread_words(scene.lexicon, "organs"))
    counted, sited, site_first, total, total_after, single, after_it, many = patterns(sites)
    speaks_of_mets = scene.asked == FACT or bool(
        re.search(
            rf"{MET}|\bm1|mnpc|n[0-3x][a-c]?[\s,]?m1|转移|oligo|disseminat|avid|\biv[abc]\b|"
            rf"baseline\s(?:\w+\s)?lesions?|"
            rf"lesions?\s(?:before|prior to)\s(?:treatment|therapy|chemo)|number of lesions|"
            rf"distant\s(?:lesions?|deposits?|nodules?)|lesion (?:count|number|no)\b|lesions?\s?[:=|]\s?\d|"
            rf"lesions at (?:diagnosis|baseline)|(?:spread|metasta\w+) to|(?:hepatic|bony|osseous|lung|liver|"
            rf"bone) deposits|counted",
            scene.low,
        )
    )
    for match in many.finditer(scene.low):
        if speaks_of_mets and _of_this_patient(doc, scene, match):
            yield Count(MANY, None, *match.span(), "", total=True)
    for match in (*single.finditer(scene.low), *after_it.finditer(scene.low)):
        words = match.group()
        site = site_in(scene, words + " " + after(scene.text, match.end(), 18))
        if ((site and speaks_of_mets) or re.search(MET, words)) and _of_this_patient(doc, scene, match):
            yield Count(1, 1, *match.span(), site)
    for number, start, end, organ in told_one_by_one(scene) if speaks_of_mets else ():
        context = qualify(doc, start, end)
        told = not (context.foreign or context.negated or context.planned or context.other_cancer)
        if told and AFTER_THERAPY.search(before(scene.text, start, 40)) is None:
            yield Count(number, number, start, end, organ)
    for match in _IN_BRACKET.finditer(scene.low):
        number = int(match["n"])
        if number and _of_this_patient(doc, scene, match):
            yield Count(number, number, *match.span(), site_in(scene, match.group()))
    for match in _COUNTED.finditer(scene.low) if speaks_of_mets else ():
        quantity = read_quantity(match)
        if quantity is not None and _of_this_patient(doc, scene, match):
            yield Count(quantity[0], quantity[1], *match.span(), "", True, quantity[2])
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


def _count(doc: Doc, scene: Scene, match: re.Match[str], is_total: bool, speaks_of_mets: bool) -> Count | None:
    quantity = read_quantity(match)
    if (
        match.start("low") > match.start()
        and match.groupdict().get("site")
        and _NUMBER_BEFORE.search(scene.low[max(0, match.start() - 8) : match.start()])
    ):
        return None  # "3 liver 2 bone": the number before the organ is its own
    if re.search(r"METs", scene.text[match.start() : match.end()]):
        return None  # "7 METs" is a measure of exercise
    if "noun" not in match.groupdict() and match.groupdict().get("site") and _VERTEBRA_FIRST.match(match.group()):
        return None  # "T3 1.6, T4 88" are thyroid hormones
    if re.match(r"^\s?of\s(?:the|his|her|these|those|\d)\b", scene.low[match.end("low") : match.end("low") + 8]):
        return None  # "two of the four bone lesions": the four are the count
    if quantity is None or _NOT_A_COUNT_BEFORE.search(before(scene.text, match.start(), 14)):
        return None
    words = match.group() + " " + _tail(scene, match.end())
    site = site_in(scene, words)
    if not site and (named := _SITE_AHEAD.search(before(scene.text, match.start(), 24))):
        site = site_in(scene, named[1])  # "CT lung, 2 nodules"
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
    return Count(low, high, match.start(), match.end(), site, is_total, about)


def _at_baseline(scene: Scene, match: re.Match[str]) -> bool:
    """ "baseline ten lesions", "seven lesions before treatment"."""
    behind = after(scene.text, match.end(), 14)
    beside = before(scene.text, match.start(), 12).endswith("baseline ") or re.match(
        r"^\s(?:before|prior to|at )", behind
    )
    return "lesion" in match.group() and bool(beside)


_VERTEBRA_FIRST = quick(r"[ctl]\d{1,2}\s?[\s:=(-]\s?\d")
_SITE_AHEAD = quick(r"(?<![a-z])([a-z]+)\s?[,:]\s?$")
_SPREAD_NAMED = quick(rf"(?<![a-z])(?<!no\s)(?:{MET})(?![a-z])(?![^,;:(]*(?:node|response|shrank|gone|after))")
_IN_BRACKET = quick(
    rf"(?<![a-z])(?:{MET})\s(?:in|to)\s(?:the\s)?[a-z]+\s(?:at\s[a-z]+\s|[a-z]+\s)?\(x\s?(?P<n>\d{{1,2}})(?=[\s),;])"
)
_COUNTED = quick(
    rf"(?<![a-z])(?:lesions|{MET}|deposits|scan|pet|pet-ct|ct|mri|radiologist|they|i|we)\s(?:were\s|"
    rf"was\s)?counted\s(?:at\s|as\s|to\s)?"
    rf"(?P<between>between\s)?(?:(?P<least>at\sleast\s|over\s|more\sthan\s)|(?P<most>up\sto\s)|"
    rf"(?P<about>about\s|around\s|roughly\s))?"
    rf"(?P<low>\d{{1,3}}|{number_words()})(?P<plus>\s?\+)?(?:\s?(?:-|to)\s?(?P<high>\d{{1,3}}))?"
    rf"(?!\w)(?!\s(?:cycles?|doses?|cells|organs?|sites?|patients?|nodes?))"
)
_M1 = quick(r"(?<![a-z0-9])(?:[ct]*\d?[a-c]?n\d[a-c]?)?m1[ab]?(?![a-z0-9])")
_PLAIN_LESIONS = quick(rf"(?:\D{{0,12}})(?:\d{{1,3}}|{number_words()})\s(?:lesions?|deposits?|nodules?)")


def _beside_m1(scene: Scene, match: re.Match[str]) -> bool:
    """ "M1b, 6 lesions", "T3N2M1, PET-CT: 6 lesions": beside M1 bare lesions are the metastases."""
    if not _PLAIN_LESIONS.fullmatch(match.group()) or re.search(r"target|neck|primary|index", match.group()):
        return False
    first, _ = sentence(scene.text, match.start())
    before_it = scene.low[max(first, match.start() - 60) : match.start()]
    ahead = re.search(r"(?:[,:(;-]|\bwith|\band|\bon (?:the )?(?:pet|ct|scan)\S*)\s?$", before_it)
    behind = re.match(r"^\s?(?:$|[,.;)]|(?:on|at|in all|in total|before|by)\b)", after(scene.text, match.end(), 16))
    if ahead and behind and _SPREAD_NAMED.search(before_it):
        return True  # "liver + bone mets on PET, 8 lesions"
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
    if len(words) < 30 and not re.search(r"cycle|dose|chemo|course|fraction", scene.low[max(0, first - 100) : first]):
        words = scene.low[max(0, first - 100) : last]  # "... and a second in the sternum. Total 2."
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
        bool(re.search(rf"{MET}|lesion|nodule|deposit|转移|病灶", words) or site_in(scene, words))
        or scene.asked == FACT
    )


def _of_this_patient(doc: Doc, scene: Scene, match: re.Match[str]) -> bool:
    start, end = match.span()
    context = qualify(doc, start, end)
    negated = context.negated and not _NUMBER_NOT_NO.match(scene.low, start)
    if context.foreign or negated or context.planned or context.other_cancer:
        return False
    if _NOT_DISTANT.search(match.group()) and not re.search(MET, match.group()):
        return False
    ahead = re.split(r"[,;]", before(scene.text, start, 40))[-1]
    behind = after(scene.text, end, 22)
    if AFTER_THERAPY.search(ahead + " " + match.group()) or _LEFT_AFTER.match(behind):
        return False
    return "retrophary" not in before(scene.text, start, 22) + match.group() + behind
