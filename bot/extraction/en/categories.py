"""T, N and M: written together, or alone where the text speaks of staging.

Thyroid hormones, vertebrae and scan sequences carry the same letters; their words stand in data/lexicon/en/staging.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc

from bot.extraction.en.another_cancer import names_another, names_this
from bot.extraction.en.terms import after, before, sentence
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

_PREFIX = r"(?P<prefix>[cpCP]|y[cp]?|Y[CP]?|r[cp]?|R[CP]?)?"
_T = r"[Tt](?P<t>[0-4][a-d]?(?:-[Tt]?[0-4])?|[Xx]|[Ii][Ss]|[Aa][Nn][Yy])"
_N = r"(?:[cp])?[Nn](?P<n>[0-3][a-c]?(?:-[Nn]?[0-3](?!\d))?|[Xx]|[Aa][Nn][Yy])"
_M = r"(?:[cp])?[Mm](?P<m>[01][a-d]?|[Xx])"
_SEP = r"[\s,;/_.:+|-]{0,3}"
TNM = quick(rf"(?<![A-Za-z0-9]){_PREFIX}{_T}{_SEP}{_N}(?:{_SEP}{_M})?(?![A-Za-z0-9])")
_T_M = quick(rf"(?<![A-Za-z0-9]){_PREFIX}{_T}{_SEP}{_M}(?![A-Za-z0-9])")
_N_M = quick(rf"(?<![A-Za-z0-9]){_PREFIX}{_N}{_SEP}{_M}(?![A-Za-z0-9])")
_LONE_T = quick(
    rf"(?<![A-Za-z0-9]){_PREFIX}[Tt](?!\s[Ii][Ss])[\s-]?(?P<t>[0-4][a-d]?|[Xx]|[Ii][Ss])(?![A-Za-z0-9]|"
    rf"\.\d|\s*-\s*[TtLl]?\d)"
)
_LONE_N = quick(rf"(?<![A-Za-z0-9]){_PREFIX}[Nn][\s-]?(?P<n>[0-3][a-c]?|[Xx])(?![A-Za-z0-9]|\.\d)")
LONE_M = quick(rf"(?<![A-Za-z0-9]){_PREFIX}[Mm](?P<m>[01][a-d]?|[Xx])(?![A-Za-z0-9]|\.\d)")
_NAMED = quick(
    r"\b[cp]?(?P<letter>[TNM])[\s-]?(?:category|categ|stage|class|status|grade)?\s?(?:[:=]|is|was|category|"
    r"stage)\s{0,2}"
    r"(?P<value>[0-4][a-c]?|[Xx])(?![A-Za-z0-9]|\.\d)",
    re.IGNORECASE,
)
# "nodal status N-zero, tumour T-one": said aloud, two of them together
_SPELT = quick(
    r"(?<![a-z])(?P<letter>[tnm])[\s-](?P<value>zero|one|two|three|four)(?:[\s-](?P<sub>b|[acd](?=\s?(?:$|"
    r"[,.;)/]|period|comma|stage|and))))?"
    r"(?![a-z])"
)
# "TSTAGE;3": the codes of an electronic form, its columns apart by any sign
_CODED = quick(
    r"(?<![a-z])(?P<letter>[tnm])_?(?:stage|stg|cat|category|class)\s?[;|,\t]\s?(?:[tnm])?(?P<value>[0-4][a-d]?|"
    r"x)(?![a-z0-9])"
)
_FIGURES = {"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4"}
_N_NEXT = quick(r"[\s,/;]{0,2}[cp]?n\s?[0-3x]")
_CATEGORY_NEAR = quick(
    r"(?<![a-z0-9])(?:(?:[cp]?t[0-4x])[\s,/;]{1,2}[cp]?(?:n[0-3x]|m[01])|"
    r"(?:[cp]?n[0-3x][a-c]?)[\s,/;]{1,2}[cp]?(?:t[0-4x]|m[01])|"
    r"m[01][ab]?[\s,/;]{1,2}[cp]?[tn][0-4x])(?![a-z0-9])"
)
_EITHER_AFTER = quick(r"^\s?(?:or|/|vs\.?|versus)\s?c?m?[01][ab]?(?![a-z0-9])")
_EITHER_BEFORE = quick(r"(?<![a-z0-9])c?m[01][ab]?\s?(?:or|/|vs\.?|versus)\s?$")
_OWN_SCHEME = quick(r"sysucc|sun yat|subdivision|m1c(?![a-z0-9])")
_ANY_CATEGORY = quick(
    r"(?<![a-z0-9])[cp]?(?:t[0-4]|n[0-3][a-c]?|m[01][ab]?)(?![a-z0-9])"
    r"(?!\s?-?(?:weighted|w\b|signal|hyper|hypo|iso|dm\b|diabet|fracture|vertebr|bright|flair))"
)
_DOUBTED_AFTER = quick(
    r"^[\s,(]{0,2}(?:probabl[ey]|possibl[ey]|likely|presumably|suspected|perhaps|maybe|tbc|"
    r"to be confirmed)(?![a-z])"
)


class Taken:
    """Characters that a pattern has used already; a look-up costs no more in a long text."""

    def __init__(self) -> None:
        self._used: set[int] = set()

    def add(self, start: int, end: int) -> None:
        self._used.update(range(start, end))

    def holds(self, start: int, end: int) -> bool:
        return not self._used.isdisjoint(range(start, end))


def categories_in(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Categories written together first; a lone "T3" counts only where the text speaks of staging."""
    taken = Taken()
    for pattern in (TNM, _T_M, _N_M):
        for match in pattern.finditer(scene.text):
            if taken.holds(match.start(), match.end()):
                continue
            if _is_scan_or_spine(scene, match):
                continue
            taken.add(*match.span())
            yield from _from_match(doc, scene, match)
    for pattern, letter in ((_LONE_T, "t"), (_LONE_N, "n"), (LONE_M, "m")):
        for match in pattern.finditer(scene.text):
            if taken.holds(match.start(), match.end()):
                continue
            if _lone_counts(scene, match, letter):
                taken.add(*match.span())
                yield from _from_match(doc, scene, match)
    for match in (*_NAMED.finditer(scene.text), *_CODED.finditer(scene.low)):
        if scene.low.startswith(("ct", "pt"), match.start()) and scene.text[match.start() : match.start() + 2] not in (
            "cT",
            "pT",
        ):
            continue  # "PET-CT: 3 nodules", "Pt: 3 visits"
        if not taken.holds(match.start(), match.end()):
            letter = match["letter"].lower()
            if match["value"][0] in {"t": "01234xX", "n": "0123xX", "m": "01xX"}[letter]:
                yield from _category(doc, scene, letter, match["value"], match.start(), match.end())
    spelt = list(_SPELT.finditer(scene.low))
    if len({match["letter"] for match in spelt}) > 1:
        for match in spelt:
            value = _FIGURES[match["value"]]
            sub = (match["sub"] or "") if value == "1" and match["letter"] == "m" else ""
            if value in {"t": "01234", "n": "0123", "m": "01"}[match["letter"]]:
                yield from _category(doc, scene, match["letter"], value + sub, *match.span())


def _is_scan_or_spine(scene: Scene, match: re.Match[str]) -> bool:
    return match.re is _T_M and bool(re.search(r"signal|weighted|vertebra", after(scene.text, match.end(), 15)))


def _from_match(doc: Doc, scene: Scene, match: re.Match[str]) -> Iterator[Mention]:
    """The categories of one match; after treatment (y) or at relapse (r) they are not those at diagnosis."""
    found = match.groupdict()
    prefix = (found.get("prefix") or "").lower()
    if prefix.startswith("y"):
        return
    for letter in "m" if prefix.startswith("r") else "tnm":
        if prefix.startswith("r") and not (found.get("m") or "").startswith("1"):
            return  # at relapse only "M1" still says something of the metastases
        value = found.get(letter)
        if value is not None and value.lower() != "any":
            start = match.start(letter) - 1 if letter != "t" else match.start()
            yield from _category(doc, scene, letter, value, start, match.end(letter))


def _category(doc: Doc, scene: Scene, letter: str, value: str, start: int, end: int) -> Iterator[Mention]:
    context = qualify(doc, start, end)
    if context.foreign or context.planned or context.negated or context.other_cancer or _of_another(scene, start):
        return
    fact = f"{letter}_category"
    if "-" in value:
        low, high = (_name(letter, part.lstrip("tTnN")) for part in value.split("-"))
        yield Mention(fact, None, start, end, "a range is given", (low, high))
        return
    category = _name(letter, value)
    if category is None:
        if scene.asked == fact or letter == "m":
            doubt = "M could not be assessed (MX); are there distant metastases?"
            yield Mention(fact, None, start, end, doubt, ("M0", "M1"))
    elif category == "M0" and _restaged(scene, start, end):
        doubt = "M0 after treatment is not the M category at diagnosis; what was M at diagnosis?"
        yield Mention(fact, None, start, end, doubt, ("M0", "M1"))
    elif context.uncertain or _DOUBTED_AFTER.match(after(scene.text, end, 24)):
        yield Mention(fact, None, start, end, f"{category} is given with a doubt", (category,))
    elif letter == "m" and (
        _EITHER_AFTER.match(scene.low[end : end + 10]) or _EITHER_BEFORE.search(scene.low[max(0, start - 10) : start])
    ):
        yield Mention(
            fact, None, start, end, "two M categories are named as alternatives", ("M0", "M1", "M1a", "M1b"), rank=2
        )
    elif letter == "m" and (
        value.lower() not in ("0", "1", "1a", "1b") or (category != "M1" and _OWN_SCHEME.search(scene.low))
    ):
        # M1c, and the letters of other schemes, say M1 for certain and no more
        if value == "0":
            yield Mention(fact, "M0", start, end, rank=1)
            return
        yield Mention(fact, "M1", start, end, rank=1)
    elif letter == "m" and category in ("M1a", "M1b"):
        yield Mention(fact, category, start, end, rank=2)
    else:
        yield Mention(fact, category, start, end, rank=1)


def _of_another(scene: Scene, start: int) -> bool:
    """Whether the category follows another cancer in the same item: "sigmoid adenocarcinoma 2011 (T3N1M0)"."""
    item = re.split(r"[.;\n]|,\s", scene.low[max(0, start - 60) : start])[-1]
    return (names_another(item) or "polyp" in item) and not names_this(item)


def _restaged(scene: Scene, start: int, end: int) -> bool:
    """Whether the category is one after treatment ("now M0"): M at diagnosis stays what it was."""
    ahead = before(scene.text, start, 24)
    behind = re.split(r"[,;]", after(scene.text, end, 26))[0]
    return bool(re.search(r"\b(?:now|currently|restag\w*|re-staged|post|today|became)\b", ahead)) or bool(
        re.match(r"^\s?(?:now|currently|after (?:chemo|treatment|therapy|gp|\d)|post|today|at restaging)", behind)
    )


def _name(letter: str, value: str) -> str | None:
    """The contract's name of a category: N3b is N3, T4a is T4, MX is none."""
    value = value.lower()
    if letter == "t":
        return {"x": "TX", "is": "Tis"}.get(value, "T" + value[0])
    if letter == "n":
        return {"x": "NX"}.get(value, "N" + value[0])
    return None if value == "x" else "M" + value[0] + (value[1:] if value in ("1a", "1b") else "")


@lru_cache(maxsize=8)
def whole_words(words: tuple[str, ...]) -> re.Pattern[str]:
    return quick(r"(?<![a-z])(?:" + "|".join(re.escape(word) for word in words) + r")(?![a-z])")


def _lone_counts(scene: Scene, match: re.Match[str], letter: str) -> bool:
    """Whether a category that stands alone is one."""
    if scene.text[match.end() : match.end() + 1] == "-" and scene.text[match.end() + 1 : match.end() + 2].isalnum():
        return False  # "T2-weighted", "T4-T6"
    lexicon = scene.lexicon["staging"]
    first, last = sentence(scene.text, match.start())
    near = scene.low[max(first, match.start() - 25) : min(last, match.end() + 25)]
    if letter == "t" and whole_words(tuple(lexicon["not_a_category"])).search(near):
        return False
    if scene.asked == f"{letter}_category":
        return True
    if letter == "m":
        return match.group()[-1] not in "mM" and not re.search(
            r"^\s?(?:student|receptor|macroph|muscarin|of\b|branch|segment|muscle|stenosis|occlu|artery|motor|"
            r"polari|cell|spindle|"
            r"exam|protein|antibod)",
            after(scene.text, match.end(), 12),
        )
    if match["prefix"] and re.search(r"[tT][\s-]", match.group()) and not _N_NEXT.match(scene.low, match.end()):
        return False  # "CT 3 weeks ago"
    if (match["prefix"] or "").lower() in ("c", "p"):
        return True
    said = whole_words(tuple(lexicon["staging_words"])).search(scene.low[first:last]) or _CATEGORY_NEAR.search(near)
    if letter == "n" and re.match(
        r"^\s?(?:visits?|masks?|latency|wave|peak|sleep|cells?|"
        r"channel)",
        after(scene.text, match.end(), 12),
    ):
        return False
    if letter == "n":
        rest = scene.low[first : match.start()] + " " + scene.low[match.end() : last]
        said = (
            said
            or _ANY_CATEGORY.search(rest)
            or re.match(r"^\s?(?:node|nodal|neck|disease|lymph|\()", after(scene.text, match.end(), 10))
        )
    return match.group()[0].isupper() and " " not in match.group() and said is not None


def answer_category(letter: str) -> object:
    def read(text: str, scene: Scene) -> Answer | None:
        bare = text.strip(" .,!()").lower()
        match = re.fullmatch(r"(?:it'?s |is |c|p)*(?:[tnm][\s-]?)?([0-4][a-c]?|x|is)", bare)
        if match is None or match[1][0] not in {"t": "01234xi", "n": "0123x", "m": "01x"}[letter]:
            return None
        if re.match(r"(?:it'?s |is )*[cp]?([tnm])", bare) and letter not in bare:
            return None
        category = _name(letter, match[1])
        return None if category is None else Answer(category)

    return read
