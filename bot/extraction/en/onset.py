"""The order of diagnosis and spread, told without a name for it.

"MRI at diagnosis shows two mets" puts metastasis and diagnosis into one sentence; "M0 in 2021, came back in the liver",
"seven months later bone metastases were found" and "T2N1M0 2016, lung secondaries 2026" put time between the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.extraction.en.lesion_words import spread_words, words_pattern
from bot.extraction.en.terms import sentence
from bot.extraction.lexicon import lexicon
from bot.extraction.mention import Scene

_MET = r"(?:mets?|metastas[ei]s|metastatic|m1[ab]?|secondaries)"
_DIAGNOSIS = r"(?:diagnosis|dx|diag|presentation|outset|onset|first\sstaging|initial\sstaging|first\svisit)"
_AT = re.compile(
    rf"(?<![a-z])(?:(?:at|on|from|since|with)\s(?:the\s)?(?:time\sof\s)?(?:his\s|her\s|first\s|initial\s|"
    rf"original\s|primary\s)*"
    rf"{_DIAGNOSIS}|(?<!\ba\s)(?:initial|first)\s{_DIAGNOSIS}|(?:at\s)?(?:the\s)?same\stime\sas\s(?:the\s|his\s|"
    rf"her\s)?(?:primary|npc|tumou?r)|"
    r"(?:together|along|simultaneously)\swith\s(?:the\s|his\s|her\s)?(?:diagnosis|primary|npc)|"
    r"newly[\s-]diagnosed\s(?:m?npc|nasophary\w+))"
    r"(?![a-z])"
)
_MET_WORD = re.compile(rf"(?<![a-z]){_MET}(?![a-z])")
# The sentence tells of more than one time, or of no metastasis.
_TWO_TIMES = re.compile(
    r"(?<![a-z])(?:m0|later|subsequent\w*|developed|relaps\w*|recurr\w*|afterwards|(?:years?|months?)\safter|"
    r"now|non-?metastatic|"
    r"no|not|without|nothing|nil|free|never|node|nodes|nodal)(?![a-z])|\bcleared\b|n\dm0"
)
_THEY = re.compile(
    rf"(?<![a-z])(?:they|these|both|all)\s(?:\w+\s){{0,3}}?(?:(?:together|along|simultaneously)\swith|at|"
    rf"from)\s(?:the\s)?"
    rf"(?:{_DIAGNOSIS}|primary)(?![a-z])"
)
_APART = 70  # characters between metastasis and diagnosis
_BACK = 400  # characters back in which the earlier treatment is told
_N_LATER = re.compile(
    r"(?<![a-z])(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|several|some|a\sfew|a|"
    r"many)\s(?:and\s(?:a\s)?half\s)?"
    r"(?:years?|yrs?|months?|mths?)(?:\sand\s(?:a\s)?half)?\s(?:later|"
    r"after(?:wards)?(?=[\s,](?!the\sfirst)))(?![a-z])"
)
_TREATED = re.compile(
    r"(?<![a-z])(?:radioth\w*|radiation|chemo-?rad\w*|chemort|c?crt|rt|imrt|treated|radical\w*|curative\w*|"
    r"definitive|surgery|"
    r"remission|m0|local\srecurrence)(?![a-z])|n\d[a-c]?m0|nothing\sdistant|no\s(?:distant\s)?(?:mets|metasta)"
)
_YEAR = re.compile(
    r"(?<![\d.])(?:(?P<year>20[0-3]\d|19[6-9]\d)(?!\d)|(?P<this>this\s(?:year|spring|summer|"
    r"autumn|fall|winter|month|week)))"
)
_BIRTH = re.compile(r"(?<![a-z])(?:dob|born|birth|b\.)[^,;.\n]{0,12}$")
_RADICAL = re.compile(
    r"(?<![a-z])(?:radioth\w*|radiation|chemo-?rad\w*|chemort|c?crt|rt|imrt|radical\w*|"
    r"curative\w*|definitive)(?![a-z])"
)
_NOW = re.compile(rf"(?<![a-z])now\s(?:has\s|with\s|developed\s|shows\s|new\s)*(?:[\w-]+\s){{0,2}}?{_MET}(?![a-z])")
_FAR_YEAR = 30  # characters between a metastasis and the year that it was found in


def at_diagnosis(scene: Scene) -> Iterator[tuple[int, int]]:
    """Places where a metastasis and the diagnosis stand in one sentence that tells of one time."""
    for match in _AT.finditer(scene.low):
        first, last = sentence(scene.text, match.start())
        first, last = max(first, match.start() - _APART), min(last, match.end() + _APART)
        met = _MET_WORD.search(scene.low, match.end(), last) or _MET_WORD.search(scene.low, first, match.start())
        if met is not None and _TWO_TIMES.search(scene.low, first, last) is None:
            yield min(met.start(), match.start()), max(met.end(), match.end())
    for match in _THEY.finditer(scene.low):
        if _MET_WORD.search(scene.low, max(0, match.start() - 120), match.start()):
            yield match.span()


@cache
def _came_back(language: str) -> re.Pattern[str]:
    site = words_pattern(spread_words(lexicon(language), "organs"))
    return re.compile(
        rf"(?<![a-z])(?:(?:came\sback|returned|relapsed|recurred|reappeared|seeded|spread)\s(?:in|to|as|"
        rf"with)\s(?:the\s|his\s|her\s|a\s)?"
        rf"(?:\w+\s)?(?:{site}|{_MET})|(?:{site})\s(?:was\s|were\s)?(?:seeded|affected|relapse|recurrence|"
        rf"failure|involved))(?![a-z])"
    )


def came_later(scene: Scene) -> Iterator[tuple[int, int]]:
    """Places where a metastasis is told to have come after earlier treatment or after a stage without one."""
    for match in _came_back("en").finditer(scene.low):
        first, last = sentence(scene.text, match.start())
        if _TREATED.search(scene.low, max(0, match.start() - 160), match.start()) or _N_LATER.search(
            scene.low, first, last
        ):
            yield match.span()
    for match in _N_LATER.finditer(scene.low):
        first, last = sentence(scene.text, match.start())
        met = _MET_WORD.search(scene.low, max(first, match.start() - _APART), min(last, match.end() + 100))
        if met and _TREATED.search(scene.low, max(0, match.start() - _BACK), match.start()):
            yield min(met.start(), match.start()), max(met.end(), match.end())
    yield from _by_years(scene)


def _by_years(scene: Scene) -> Iterator[tuple[int, int]]:
    """ "CCRT 2019 ... bone mets 2026": treated in one year, metastatic in a later one."""
    treated: int | None = None
    this_year = scene.reference_date.year if scene.reference_date else None
    for now in _NOW.finditer(scene.low):
        for match in _YEAR.finditer(scene.low, max(0, now.start() - 120), now.start()):
            told = scene.low[max(0, match.start() - 40) : match.end() + 40]
            if match["year"] and this_year and int(match["year"]) < this_year and _RADICAL.search(told):
                yield now.span()
    for match in _YEAR.finditer(scene.low):
        year = int(match["year"]) if match["year"] else this_year
        if year is None or _BIRTH.search(scene.low, max(0, match.start() - 24), match.start()):
            continue
        first, last = sentence(scene.text, match.start())
        met = None
        for found in _MET_WORD.finditer(scene.low, max(first, match.start() - _FAR_YEAR), min(last, match.end() + 60)):
            met = found
        if treated is not None and year > treated and met is not None:
            between = scene.low[min(met.end(), match.end()) : max(met.start(), match.start())]
            if not re.search(
                r"(?<![a-z])(?:no|not|without|nil|progress\w*|response|scan|chemo\w*|"
                r"gp)(?![a-z])",
                between,
            ):
                yield min(met.start(), match.start()), max(met.end(), match.end())
        parts = re.split(r"[,;]", scene.low[match.end() : min(last, match.end() + 60)])
        near = scene.low[max(first, match.start() - 60) : match.start()] + " ".join(parts[:2])
        near = near if _MET_WORD.search(near) is None else scene.low[max(first, match.start() - 60) : match.start()]
        if _TREATED.search(near) and _MET_WORD.search(near) is None and (treated is None or year < treated):
            treated = year
