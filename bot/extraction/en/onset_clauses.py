"""Clauses that put the metastases and the first diagnosis into one moment, or one after the other.

"Metastatic when we first met her", "the cancer had spread by the time it was found", "primary and lung mets on one
scan": spread, a join and the first finding. "Mets only appeared this summer", "within six months of finishing the
primary treatment bone metastases became apparent": earlier treatment, a later time and spread. The words are in
data/lexicon/en/onset.yml; here is only how they must stand together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.extraction.en.imaging import is_regional
from bot.extraction.en.lesion_words import spread_words, words_pattern
from bot.extraction.en.numbers import number_words
from bot.extraction.en.terms import sentence
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.mention import Answer, Scene
from bot.extraction.quick import quick

_LONG = 160  # characters of one clause
_SHORT_ANSWER = 14  # words
# The clause tells of a second time, of no metastasis, or of nodes: nothing is read in it.
_NOT_ONE_TIME = quick(
    r"(?<![a-z])(?:m0|later|afterwards|subsequent\w*|relaps\w*|recurr\w*|again|now|non-?metastatic|local\w*|"
    r"no|not|without|nothing|nil|free|never|before\sthe|risk|nodal|neck|cervical|regional|came\sback|returned|"
    r"second|years?\safter|months?\safter|respon\w*|shr[aiu]nk\w*|smaller|gone|resolved|regress\w*|restag\w*|"
    r"unchanged|stable|progress\w*|cycles?|after\s\d)(?![a-z])|n't"
)
_NOT_TOLD = quick(
    r"(?<![a-z])(?:no|not|without|never|free\sof|risk|prevent\w*|if|may|can|could|irradiated|"
    r"treated\swith\ssbrt|ablated|"
    r"resected|removed|shr[aiu]nk\w*|respon\w*|stable|smaller)(?![a-z])|n't"
)
_SEVERAL_YEARS = quick(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _Clauses:
    """The word lists of onset.yml joined into clauses."""

    at_one_time: tuple[re.Pattern[str], ...]
    afterwards: tuple[re.Pattern[str], ...]
    mets: re.Pattern[str]
    answer_first: re.Pattern[str]
    answer_later: re.Pattern[str]


@cache
def _clauses(language: str) -> _Clauses:
    content = lexicon(language)
    word = {key: f"(?:{alternation(words)})(?![a-z0-9])" for key, words in content["onset"].items()}
    site = words_pattern(spread_words(content, "organs"))
    mets = rf"(?:{word['spread']}|(?:{site})\s(?:\w+\s)?{word['deposits']})"
    which = r"(?:(?:the|his|her|their|a|an|this|first|original)\s){0,2}(?:[\w-]+\s)?"
    first = r"(?:(?:first|initially|originally|newly|then|also|even|ever)\s)?"
    was = r"(?:(?:was|were|is|got|had\sbeen|has\sbeen|had|has)\s)?"
    seen = rf"(?:{which}{word['primary']}|it)\s{was}{first}{word['found']}"
    met = (
        rf"{which}{word['person']}\s(?:{was}(?:first|initially|originally)\s{word['found']}|{was}diagnosed|presented|"
        rf"came\sto\s(?:us|clinic|hospital))(?![a-z])"
    )
    near = r"[^.;\n]{0,60}?"
    number = rf"(?:\d{{1,3}}|{number_words()}|a\sfew|several|many|some|a)"
    since = rf"(?:within\s)?(?:the\s)?(?:first\s)?{number}\s(?:and\sa\shalf\s)?(?:years?|yrs?|months?|mths?|weeks?)"
    cure = (
        rf"(?:(?:{word['of_the_primary']}\s)+(?:\w+\s)?(?:treatment|therapy|chemo\w*|surgery|resection)|"
        rf"(?:{word['of_the_primary']}\s)*(?:\w+\s)?{word['curative']}|"
        rf"(?:treatment|therapy|resection)\s(?:of|for)\s(?:the|his|her)\s(?:primary|nasopharyn\w+|neck|"
        rf"original\s\w+))"
    )
    after = (
        r"(?:after|following|from|of|post|since)\s"
        r"(?:(?:the|his|her|finishing|completing|completion|end|conclusion|of|having)\s){0,5}"
    )
    return _Clauses(
        at_one_time=tuple(
            quick(rf"(?<![a-z0-9-]){pattern}")
            for pattern in (
                rf"{mets}{near}(?<![a-z]){word['moment']}\s(?:{seen}|{met})",
                rf"presented\s(?:\w+\s){{0,3}}?with\s[^.\n]{{3,110}}?(?:ct|mri|pet|pet-ct|pet/ct|scans?|imaging|"
                rf"ultrasound)\s(?:then\s|also\s|"
                rf"at\sthat\stime\s|at\sonce\s)?(?:showed|revealed|found|demonstrated|"
                rf"disclosed){near}(?<![a-z])(?:{mets}|deposits)(?![a-z])",
                rf"(?:when|at\sthe\stime|by\sthe\stime|the\s(?:day|week|month))\s(?:{seen}|"
                rf"{met}){near}(?<![a-z]){mets}",
                rf"(?:{word['primary']}){near}(?<![a-z]){word['same_time']}{near}(?<![a-z]){mets}",
                rf"(?:{word['primary']})\s?(?:,|and|&|\+|with|plus)\s?{near}(?<![a-z]){mets}\s{near}(?<![a-z])"
                rf"(?:{word['same_time']}|(?:{word['same']})\s(?:[\w-]+\s)?{word['occasion']})",
                rf"{mets}\s?(?:,|and|&|\+|with|plus|as\swell\sas)\s{which}{word['primary']}{near}(?<![a-z])"
                rf"(?:{word['same_time']}|(?:{word['same']})\s(?:[\w-]+\s)?{word['occasion']})",
                rf"{mets}\s(?:[\w-]+\s)?{word['found']}\s(?:\w+\s)?(?:with|beside|next\sto)\s(?:the|his|"
                rf"her)\s{word['primary']}",
                rf"{mets}{near}(?<![a-z])(?:all|both|already|there|present|visible|evident)\s(?:there\s|"
                rf"present\s|visible\s)?"
                rf"{word['first_moment']}",
                r"newly[\s-]diagnosed[\s,]+(?:[\w()+-]+[\s,]+){0,4}?(?:(?:c?t\d[a-d]?\s?n\d[a-c]?\s?)?m1[ab]?|"
                r"mnpc|metastatic\s(?:npc|nasopharyn\w+|"
                r"carcinoma|cancer|disease))(?![a-z0-9])",
            )
        ),
        afterwards=tuple(
            quick(rf"(?<![a-z0-9-]){pattern}")
            for pattern in (
                rf"{since}\s{after}{cure}[^;\n]{{0,{_LONG}}}?(?<![a-z]){mets}",
                rf"{mets}{near}(?<![a-z]){since}\s{after}{cure}",
                rf"(?:primary|npc|nasopharyn\w+|tumou?r|cancer)\s(?:was\s|were\s|had\sbeen\s)?(?:treated|cured|"
                rf"irradiated|"
                rf"controlled)\s(?:in|with|by|back){near}(?<![a-z]){mets}\s(?:only\s|then\s|just\s|"
                rf"first\s)*{word['appeared']}",
                rf"{mets}\s(?:only\s|then\s|all\s|which\s|that\s)*{word['appeared']}\s(?:only\s|much\s|"
                rf"\w+\s)?{word['later']}",
                rf"{mets}\s(?:only\s|then\s|all\s)*{word['later']}",
                rf"(?:disease|recurrence|tumou?r|relapse)[\s-]free\s(?:for|over|"
                rf"during)\s(?:\w+\s)?{number}\s(?:years?|months?)"
                rf"[^\n;]{{0,120}}?(?<![a-z]){mets}",
                rf"had\s(?:been\s|previously\s|already\s)*(?:treated|received|undergone|completed|finished|had)\s"
                rf"(?:[\w-]+\s){{0,5}}?{cure}[^;\n]{{0,200}}?(?<![a-z])(?:developed|late\srecurrence|"
                rf"new){near}(?<![a-z]){mets}",
                rf"developed\s(?:[\w-]+\s){{0,3}}?{mets}[^;\n]{{0,120}}?had\s(?:been\s|previously\s|"
                rf"already\s)*(?:treated|"
                rf"received|undergone|completed|finished|had)\s(?:[\w-]+\s){{0,5}}?{cure}",
            )
        ),
        mets=quick(rf"(?<![a-z]){mets}"),
        answer_first=quick(
            rf"(?<![a-z])(?:{word['there_already']}|{word['first_moment']}|{word['same_time']}|"
            rf"(?:{word['same']})\s(?:[\w-]+\s)?{word['occasion']})"
        ),
        answer_later=quick(
            rf"(?<![a-z])(?:{word['afterwards']}|{number}\s(?:and\sa\shalf\s)?(?:years?|yrs?|months?|"
            rf"mths?)\s(?:later|on|"
            rf"after\w*|down\sthe\sline|post\w*)(?![a-z]))"
        ),
    )


def _around_spread(scene: Scene) -> list[tuple[int, int]]:
    """Stretches of the text that name spread, so that the clauses are looked for nowhere else."""
    found: list[tuple[int, int]] = []
    for match in re.finditer(
        r"(?<![a-z])(?:met|m1|mnpc|secondar|spread|distant|disseminat|deposit|lesion|nodul|n\dm1)", scene.low
    ):
        first, last = sentence(scene.text, match.start())
        begin, end = max(0, first, match.start() - 2 * _LONG), min(last, match.end() + 2 * _LONG)
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def told_as_one(scene: Scene) -> Iterator[tuple[int, int]]:
    """Places (start, end) of clauses that tell spread and first finding as one moment."""
    near = _around_spread(scene)
    for pattern in _clauses("en").at_one_time:
        for match in (match for begin, end in near for match in pattern.finditer(scene.low, begin, end)):
            first, last = sentence(scene.text, match.start())
            behind = re.split(r"[,;(:]", scene.low[match.end() : min(last, match.end() + 25)])[0]
            said = scene.low[max(first, match.start() - 30) : match.end()] + behind
            if match.end() > last + 1 or _NOT_ONE_TIME.search(said) or len(set(_SEVERAL_YEARS.findall(said))) > 1:
                continue
            met = _clauses("en").mets.search(match.group())
            if met is None or not is_regional(scene, match.start() + met.start()):
                yield match.span()


def told_as_later(scene: Scene) -> Iterator[tuple[int, int]]:
    """Places (start, end) of clauses in which metastases follow treatment of the primary or a later time."""
    for pattern in _clauses("en").afterwards:
        for match in pattern.finditer(scene.low):
            mets = list(_clauses("en").mets.finditer(match.group()))
            if not mets or is_regional(scene, match.start() + mets[-1].start()):
                continue
            first, _ = sentence(scene.text, match.start())
            if _NOT_TOLD.search(scene.low, max(first, match.start() - 20), match.end()):
                continue
            yield match.span()


_UNSURE = quick(r"(?<![a-z])(?:maybe|perhaps|possibly|probably|unsure|not\ssure|think|unclear|\?)|\?")
_OF_TREATMENT = quick(r"cycle|dose|(?<![a-z])c\d|(?<![a-z])gp(?![a-z])|gemcit|first.line|palliat")


def answer_onset(text: str) -> Answer | None:
    """ "both found at the same time", "no, they came up 2 years later", "after" once the timing was asked for."""
    bare = text.strip(" .,!()").lower()
    if len(bare.split()) > _SHORT_ANSWER or _UNSURE.search(bare) or _OF_TREATMENT.search(bare):
        return None
    known = _clauses("en")
    later = known.answer_later.search(bare)
    rest = bare if later is None else bare[: later.start()] + " | " + bare[later.end() :]
    first = known.answer_first.search(rest)
    if later is not None and first is None:
        denied = re.search(r"(?<![a-z])(?:not|never|nothing|none)\s(?:\w+\s){0,2}$", bare[: later.start()])
        return None if denied else Answer("metachronous")
    if first is not None and later is None:
        denied = re.search(
            r"(?<![a-z])(?:not|never|none|nothing)\s(?:\w+\s){0,3}$|"
            r"n't\s(?:\w+\s){0,3}$",
            rest[: first.start()],
        )
        return Answer("metachronous") if denied else Answer("de_novo")
    return None
