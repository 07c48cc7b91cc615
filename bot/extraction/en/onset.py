"""The order of diagnosis and spread, told without a name for it.

"MRI at diagnosis shows two mets" puts metastasis and diagnosis into one sentence; "M0 in 2021, came back in the liver",
"seven months later bone metastases were found" and "T2N1M0 2016, lung secondaries 2026" put time between the two.
Who was metastatic before that time did not become so later: "mets at diagnosis, six months later ..." is no relapse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.extraction.en.imaging import is_regional
from bot.extraction.en.lesion_words import spread_words, words_pattern
from bot.extraction.en.terms import sentence
from bot.extraction.lexicon import lexicon
from bot.extraction.mention import Scene
from bot.extraction.quick import quick

_MET = r"(?:mets?|metastas[ei]s|metastatic|m1[ab]?|secondaries)"
_DIAGNOSIS = r"(?:diagnosis|dx|diag|presentation|outset|onset|(?:first|initial)\sstaging|first\svisit)"
_WHOSE = r"(?:the\s|his\s|her\s)?"
_AT = quick(
    r"(?<![a-z])(?:(?:"
    rf"(?:at|on|from|since|with)\s{_WHOSE}(?:time\sof\s)?(?:first\s|initial\s|original\s|primary\s)*{_DIAGNOSIS}|"
    rf"(?<!\ba\s)(?:initial|first)\s{_DIAGNOSIS})(?!\sof\s{_WHOSE}(?:\w+\s)?(?:relapse|recurrence|mets|metast))|"
    rf"same\stime\sas\s{_WHOSE}(?:primary|npc|tumou?r)|"
    rf"(?:together|along|simultaneously)\swith\s{_WHOSE}(?:diagnosis|primary|npc)|"
    rf"(?:npc|primary|tumou?r)\s(?:\w+\s){{0,2}}(?:together|along|simultaneously)\swith(?=\s(?:\w+\s){{0,2}}{_MET})|"
    r"newly[\s-]diagnosed\s(?:stage\s\w+\s)?(?:m?npc|nasophary\w+)|"
    r"initial\s(?:staging\s)?(?:work-?up|scans?|pet\S*|imaging)(?!\s(?:after|post|on|since))|"
    r"before\sany\s(?:treatment|therapy)|"
    rf"when\s{_WHOSE}(?:npc|primary|cancer|tumou?r)\swas\s(?:first\s)?(?:diagnosed|found))(?![a-z])"
)
_LABELLED = quick(
    rf"(?<![a-z])timing(?:\sof\s(?:the\s)?{_MET})?\s?[:=]\s?(?:at|from|with)\s(?:the\s)?(?:first\s|initial\s)?"
    rf"(?:{_DIAGNOSIS}|primary)(?![a-z])"
)
_THEY = quick(
    rf"(?<![a-z])(?:they|these|both|all)\s(?:\w+\s){{0,3}}?(?:(?:together|along|simultaneously)\swith|at|"
    rf"from)\s(?:the\s)?"
    rf"(?:{_DIAGNOSIS}|primary)(?![a-z])"
)
_MET_WORD = quick(rf"(?<![a-z]){_MET}(?![a-z])")
# The sentence tells of more than one time, of no metastasis, or of nodes.
_TWO_TIMES = quick(
    r"(?<![a-z])(?:m0|later|subsequent\w*|developed|relaps\w*|recurr\w*|afterwards|(?:years?|months?)\safter|"
    r"now|non-?metastatic|"
    r"no|not|without|nothing|nil|free|never|nodes?|nodal|respon\w*|shr[aiu]nk\w*|smaller|gone|resolved)(?![a-z])|"
    r"cleared|n\d[a-c]?m0"
)
_DENIED = quick(r"(?<![a-z])(?:no|not|without|excluded|negative|free|nil|never|risk\sof|nodal|node)(?![a-z])")
# Treatment meant to cure, or a stage without metastases: what comes after it was not there from the start.
_CURATIVE = quick(
    r"(?<![a-z])(?:radioth\w*|radiation|chemo-?rad\w*|chemort|c?crt|rt|imrt|radical\w*|curative\w*|definitive|"
    r"cured|remission|m0|"
    r"local\srecurrence|treated\sinitially|initially\streated|stage\si{1,3}[ab]?)(?![a-z])|n\d[a-c]?m0|"
    r"nothing\sdistant|"
    r"no\s(?:distant\s)?(?:mets|metasta)"
)
_N_LATER = quick(
    r"(?<![a-z])(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|several|some|a\sfew|a|"
    r"many)\s(?:and\s(?:a\s)?half\s)?"
    r"(?:years?|yrs?|months?|mths?)(?:\sand\s(?:a\s)?half)?\s(?:later|afterwards)(?![a-z])"
)
_APPEARED = quick(
    r"(?<![a-z])(?:develop\w*|new|found|show\w*|reveal\w*|diagnosed|appeared|detected|arose|emerged|presented|"
    r"came|seen|had|has|with)"
    r"(?![a-z])"
)
_ANSWERED = quick(
    r"(?<![a-z])(?:shr[aiu]nk\w*|smaller|regress\w*|respon\w*|stable|gone|resolved|"
    r"decreas\w*|progress\w*|unchanged)(?![a-z])"
)
_FREE_INTERVAL = quick(
    r"(?<![a-z])(?:dfi|(?:disease|metastasis)[\s-]free\s(?:interval|survival))\s?(?:of|was|:|=)?\s?\d{1,3}\s?"
    rf"(?:months?|mo|mths?|years?|yrs?|y)(?![a-z])(?=[^.\n]{{0,40}}?(?<!no\s)(?<![a-z]){_MET}(?![a-z]))"
)
_NONE_AT_FIRST = quick(
    rf"(?<![a-z])(?:no|without|nothing)\s(?:\w+\s)?(?:{_MET}|distant|spread)\s?(?:\w+\s){{0,2}}?(?:at|"
    rf"on)\s(?:the\s)?(?:first\s|initial\s)?"
    rf"{_DIAGNOSIS}[^.\n]{{0,30}}?(?<![a-z])(?:they|these|{_MET})\s(?:\w+\s){{0,2}}?(?:appeared|developed|arose|"
    rf"emerged|came|found)(?![a-z])"
)
_YEAR = quick(
    r"(?<![\d.])(?:(?P<year>20[0-3]\d|19[6-9]\d)(?!\d)|(?P<this>this\s(?:year|spring|summer|autumn|fall|winter|"
    r"month|week)))"
)
_NOW = quick(rf"(?<![a-z])now\s(?:has\s|with\s|developed\s|shows\s|new\s)*(?:[\w-]+\s){{0,2}}?{_MET}(?![a-z])")
_BIRTH = quick(r"(?<![a-z])(?:dob|born|birth|b\.)[^,;.\n]{0,12}$")
_APART = 70  # characters between metastasis and diagnosis
_BACK = 400  # characters back in which the earlier treatment is told
_NEAR_YEAR = 60  # characters around a year that tell what was done in it


def at_diagnosis(scene: Scene) -> Iterator[tuple[int, int]]:
    """Places (start, end) where a metastasis and the diagnosis stand in one sentence that tells of one time."""
    for match in _AT.finditer(scene.low):
        first, last = sentence(scene.text, match.start())
        first, last = max(first, match.start() - _APART), min(last, match.end() + _APART)
        met = _MET_WORD.search(scene.low, match.end(), last) or _MET_WORD.search(scene.low, first, match.start())
        if met is None or is_regional(scene, met.start()):
            continue
        if _TWO_TIMES.search(scene.low, first, last) is None:
            yield min(met.start(), match.start()), max(met.end(), match.end())
    yield from (match.span() for match in _LABELLED.finditer(scene.low))
    for match in _THEY.finditer(scene.low):
        if _MET_WORD.search(scene.low, max(0, match.start() - 120), match.start()):
            yield match.span()


@cache
def _came_back(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words for "again", and words for "there" alone, with the organ."""
    site = rf"(?:{words_pattern(spread_words(lexicon(language), 'organs'))}|{_MET})"
    inside = r"\s(?:in|to|as|with)\s(?:the\s|his\s|her\s|a\s)?(?:\w+\s)?"
    once_more = r"(?:came\sback|returned|relapsed|recurred|reappeared)"
    again = rf"{once_more}{inside}{site}|{site}\s(?:relapse|recurrence|failure)"
    there = rf"(?:seeded|spread){inside}{site}|{site}\s(?:was\s|were\s)?(?:seeded|affected|involved)"
    return quick(rf"(?<![a-z])(?:{again})(?![a-z])"), quick(rf"(?<![a-z])(?:{there})(?![a-z])")


def came_later(scene: Scene) -> Iterator[tuple[int, int]]:
    """Places (start, end) where metastases came after treatment meant to cure, or after a stage without any."""
    again, there = _came_back("en")
    for match in again.finditer(scene.low):
        if _CURATIVE.search(scene.low, max(0, match.start() - 160), match.start()):
            yield match.span()
    for match in there.finditer(scene.low):
        first, last = sentence(scene.text, match.start())
        if _N_LATER.search(scene.low, first, last) and not metastatic_before(scene, match.start()):
            yield match.span()
    for match in _N_LATER.finditer(scene.low):
        yield from _some_time_later(scene, match)
    yield from (match.span() for match in _FREE_INTERVAL.finditer(scene.low))
    yield from (match.span() for match in _NONE_AT_FIRST.finditer(scene.low))
    yield from _by_years(scene)


def metastatic_before(scene: Scene, at: int) -> bool:
    """Whether metastases are told of before the offset, not as absent."""
    for match in _MET_WORD.finditer(scene.low, 0, at):
        first, last = sentence(scene.text, match.start())
        if _DENIED.search(scene.low, max(first, match.start() - 40), min(last, match.end() + 40)) is None:
            return True
    return False


def _some_time_later(scene: Scene, later: re.Match[str]) -> Iterator[tuple[int, int]]:
    """ "Chemoradiotherapy. Seven months later, bone metastases were found."."""
    first, last = sentence(scene.text, later.start())
    met = _MET_WORD.search(scene.low, later.end(), min(last, later.end() + 100)) or _MET_WORD.search(
        scene.low, max(first, later.start() - _APART), later.start()
    )
    if met is None or not _CURATIVE.search(scene.low, max(0, later.start() - _BACK), later.start()):
        return
    start, end = min(met.start(), later.start()), max(met.end(), later.end())
    told = scene.low[start : min(last, end + 40)]
    if _APPEARED.search(told) and not _ANSWERED.search(told) and not metastatic_before(scene, start):
        yield start, end


def _by_years(scene: Scene) -> Iterator[tuple[int, int]]:
    """ "CCRT 2019 ... bone mets 2026": treated in one year, metastatic in a later one."""
    this_year = scene.reference_date.year if scene.reference_date else None
    treated: int | None = None
    for match in _YEAR.finditer(scene.low):
        year = int(match["year"]) if match["year"] else this_year
        if year is None or _BIRTH.search(scene.low, max(0, match.start() - 24), match.start()):
            continue
        first, last = sentence(scene.text, match.start())
        if treated is not None and year > treated and not metastatic_before(scene, match.start() - _NEAR_YEAR // 2):
            yield from _found_in(scene, match, first, last)
        if _cured_in(scene, match, first, last):
            treated = year if treated is None else min(treated, year)
            now = _NOW.search(scene.low, match.end(), match.end() + 2 * _NEAR_YEAR)
            if now is not None and this_year is not None and year < this_year:
                yield now.span()


def _found_in(scene: Scene, year: re.Match[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The metastasis that was found in a year, beside which it stands."""
    begin, stop = max(first, year.start() - _NEAR_YEAR // 2), min(last, year.end() + _NEAR_YEAR)
    for met in _MET_WORD.finditer(scene.low, begin, stop):
        between = scene.low[min(met.end(), year.end()) : max(met.start(), year.start())]
        if not _ANSWERED.search(between) and not re.search(
            r"(?<![a-z])(?:no|not|without|nil|chemo\w*|"
            r"gp)(?![a-z])",
            between,
        ):
            yield min(met.start(), year.start()), max(met.end(), year.end())


def _cured_in(scene: Scene, year: re.Match[str], first: int, last: int) -> bool:
    """Whether the words around a year tell of curative treatment or of a stage without metastases."""
    ahead = scene.low[max(first, year.start() - _NEAR_YEAR) : year.start()]
    parts = re.split(r"[,;]", scene.low[year.end() : min(last, year.end() + 3 * _NEAR_YEAR)])
    near = ahead + " " + " ".join(parts[:3])
    if _MET_WORD.search(near) is not None:
        near = ahead if _MET_WORD.search(ahead) is None else ""
    return _CURATIVE.search(near) is not None
