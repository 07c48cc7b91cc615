"""The monthly bleeding: that it goes on, that it ended and why, and when it last came, whoever's it is.

Periods within the last twelve months mean that a pregnancy is possible; their end under a treatment is no menopause;
an end more than a year ago with no other reason is one. What does not tell is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.dates import find_dates, settle
from bot.extraction.en.numbers import number_words, small_number
from bot.extraction.layout import clause_at, sentence_at
from bot.extraction.lexicon import alternation, lexicon, words_pattern
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import qualify

FACT = "childbearing_potential"
_EITHER = (True, False)
_WHY_STOPPED = "Periods have stopped: since when, and is there another reason than menopause?"
_MORE_THAN_A_YEAR = "Is it more than twelve months since the last period?"
_HOW = r"(?:regular|irregular|normal|monthly|heavy|painful|light|occasional|scanty|spontaneous)"
_REG = (
    rf"(?:{_HOW}(?:ly)?|present|ongoing|continu\w+|every|each\smonth|once\sa\smonth|on\stime|back|returned|resumed|restarted|"
    rf"recommenced|come(?:s)?\s(?:back|{_HOW}(?:ly)?|every|each)|at\s(?:regular|irregular)|occur(?:s|ring)?\s(?:at|every|regularly|monthly))"
)
_VERBS = (
    r"(?:(?:have|has|had|been|are|is|was|were|still|remain|remains|remained|come|comes|quite|very|fairly|always|now|again|also|"
    r"reported|as|keep|coming|occur|occurring)\s)*"
)
_HAVE = (
    r"(?:has|having|have|had|gets?|getting|with|reports?|reporting|experiences|maintains|keeps|sees)\s"
    rf"(?:(?:her|still|a|the|own|usual|menstrual|{_HOW})\s)*"
)
_NOT_HERS = r"(?!\s(?:of|free|after|between|from)(?![a-z]))"
_NUMBER = rf"(?P<n>{number_words()}|\d{{1,2}}|a|an|several|many)"
_LENGTH = rf"{_NUMBER}\+?[\s-]?(?P<u>years?|yrs?|y|months?|mo|mths?|weeks?|wks?|fortnights?|days?|decades?)(?![a-z])"
_YEARS = re.compile(rf"(?<![a-z0-9.]){_LENGTH}")
_ABOUT = (
    r"(?:(?:was|is|came|about|approx\.?|approximately|around|almost|nearly|just|over|under|some|roughly|more|less|than|"
    r"only|maybe|at\sleast|~|<|>)\s?)*"
)
_AGO = re.compile(rf"[\s:=,(-]*{_ABOUT}{_LENGTH}\s?(?:ago|back|earlier|previously)(?![a-z])")
_TREATED = ("childbearing", "since_treatment")


@cache
def _going_on(language: str) -> re.Pattern[str]:
    """Bleeding that goes on; group `past`: words that may tell of earlier days."""
    words = alternation(lexicon(language)["person"]["childbearing"]["periods"])
    return re.compile(
        rf"(?<![a-z-])(?:"
        rf"{_HAVE}(?:{words}){_NOT_HERS}"
        rf"|(?:{words})\s?[:=-]?\s{_VERBS}{_REG}"
        rf"|{_HOW}\s(?:menstrual\s)?(?:{words}){_NOT_HERS}"
        rf"|(?:regular|irregular|monthly|\d\d-day|ovulatory)\s(?:\d\d-day\s)?(?:menstrual\s)?cycles?{_NOT_HERS}"
        rf"|(?:her|menstrual)\scycles?\s{_VERBS}{_REG}|cycles?\s(?:are\s|is\s|still\s|remain\s)*(?:regular|irregular)"
        r"|(?:still\s|continues\sto\s)(?:menstruat|ovulat)\w+|(?:currently|now)\smenstruating"
        r"|(?:bleeds?|bleeding)\s(?:every\smonth|monthly|each\smonth|once\sa\smonth)"
        r"|(?:on|having)\sher\speriods?"
        rf"|her\s(?:menstrual\s)?period\s(?:has\s|just\s)*(?:started|came|began|come|is\sdue|is\slate|arrived)(?!\s(?:at|when|aged)(?![a-z]))"
        r")(?![a-z])"
    )


@cache
def _ended_pattern(language: str) -> re.Pattern[str]:
    words = alternation(lexicon(language)["person"]["childbearing"]["periods"])
    return re.compile(
        rf"(?<![a-z])(?:(?:{words}|bleeding)\s(?:have\s|has\s|had\s|were\s|been\s|are\s|is\s|just\s|completely\s)*"
        r"(?:stopped|ceased|ended|gone|absent|disappeared|finished|dried\sup|(?:not|never)\s(?:yet\s)?(?:returned|come\sback|resumed|restarted))"
        rf"|(?:stopped|ceased|finished|quit|stopping)\s(?:menstruating|having\s(?:her\s)?(?:{words})|(?:her|the)\s(?:{words}))"
        rf"|(?:hasn't|has\snot|not|never)\s(?:had\s)?(?:menstruated|bled|(?:a|any|her)\s(?:{words}))"
        rf"|amenorrh?o?eic|amenorrh?o?ea|no\s(?:more\s|further\s)?(?:{words})|no\slonger\s(?:has|having|gets)\s(?:her\s)?(?:{words}))"
        r"(?![a-z])|闭经"
    )


# "More attacks around her menstrual period": she has them, said in passing.
_IN_PASSING = re.compile(
    r"(?<![a-z])(?:around|during|before|with|after)\sher\s(?:menstrual\s)?(?:periods?|menses)(?![a-z])"
    r"(?!\s(?:have\s|has\s|had\s)*(?:stopped|ceased|ended|finished|went|gone))"
)
_UNTIL = re.compile(r"[\s,(]*(?:up\s)?(?:until|till|before|prior\sto|up\sto|to)(?![a-z])(?P<what>[^.;\n]{0,40})")
_USED_TO = re.compile(r"(?<![a-z])(?:used\sto|previously|formerly|no\slonger|stopped|when\sshe\swas)\s(?:\w+\s){0,2}$")


def periods(doc: Doc, scene: Scene, left: int, right: int) -> Iterator[Mention]:
    """What is said of periods between two offsets, whoever's they are, as childbearing_potential."""
    low = scene.low
    last = list(words_pattern("en", "person", "childbearing", "last_period").finditer(low, left, right))
    for match in _going_on("en").finditer(low, left, right):
        meant = qualify(doc, *match.span())
        if meant.negated or meant.uncertain or _USED_TO.search(low[max(left, match.start() - 40) : match.start()]):
            continue
        if any(item.start() < match.end() and match.start() < item.end() for item in last):
            continue  # "with her last period in May"
        yield _as_of_now(scene, match)
    for match in _IN_PASSING.finditer(low, left, right):
        if not qualify(doc, *match.span()).negated:
            yield Mention(FACT, True, *match.span(), rank=-1)
    for match in _ended_pattern("en").finditer(low, left, right):
        yield _ended(scene, *match.span(), sentence_at(doc, match.start())[1])
    for match in last:
        yield _last_period(doc, scene, *match.span())


def _as_of_now(scene: Scene, match: re.Match[str]) -> Mention:
    """Bleeding that goes on; "regular until chemo" ended with it, "regular until 50" is asked about."""
    until = _UNTIL.match(scene.low, match.end())
    if until is None:
        return Mention(FACT, True, *match.span())
    if words_pattern("en", "person", *_TREATED).search(until["what"]):
        return Mention(FACT, True, match.start(), until.end())
    return Mention(FACT, None, *match.span(), _WHY_STOPPED, _EITHER)


def _ended(scene: Scene, start: int, stop: int, sentence_end: int) -> Mention:
    """ "No periods for 5 years": natural menopause takes twelve months without another reason."""
    rest = scene.low[stop : min(sentence_end, stop + 60)]
    if words_pattern("en", "person", *_TREATED).search(rest[:50]):
        return Mention(FACT, True, start, stop + len(rest.rstrip()))
    length = _YEARS.search(rest)
    year = re.match(r"\s(?:in|since)\s(?:[a-z]{3,9}\s)?(?P<y>(?:19|20)\d\d)(?!\d)", rest)
    if year and scene.reference_date is not None and scene.reference_date.year - int(year["y"]) >= 2:
        return Mention(FACT, False, start, stop + year.end())
    if length and _is_years(length["n"], length["u"]):
        return Mention(FACT, False, start, stop + length.end())
    return Mention(FACT, None, start, stop, _WHY_STOPPED, _EITHER)


def _is_years(number: str, unit: str) -> bool:
    """Two years or more; "a year" and "several months" may be less than the twelve months that count."""
    if unit.startswith("y"):
        return number not in ("a", "an", "one", "1", "several", "many")
    return unit.startswith("dec")


_YEAR_ALONE = re.compile(
    r"[\s:=,(]*(?:was\s|in\s|about\s|around\s|early\s|late\s|mid\s|[a-z]{3,9}\.?\s|\d{1,2}/)*(?P<y>(?:19|20)\d\d)(?!\d)"
)
_LATELY = re.compile(
    r"[\s:=,(]*(?:was\s|started\s|came\s)?(?:last\s(?:week|month|night|mon|tues|wednes|thurs|fri|satur|sun)|this\s(?:month|week|morning)|"
    r"recent|now|yesterday|today|two\sweeks|a\sfew\s(?:days|weeks))"
)


def _last_period(doc: Doc, scene: Scene, start: int, end: int) -> Mention:
    """LMP within twelve months: capable; longer ago: not. A time that cannot be told is asked about."""
    _, stop = clause_at(doc, end, frozenset({"semicolon"}))
    rest = scene.low[end : min(stop, end + 50)]
    for look in (_by_length, _by_date, _by_year):
        found = look(rest, scene)
        if found is not None:
            capable, length = found
            doubt = _MORE_THAN_A_YEAR if capable is None else None
            return Mention(FACT, capable, start, end + length, doubt, _EITHER if capable is None else ())
    if _LATELY.match(rest):
        return Mention(FACT, True, start, end)
    return Mention(FACT, None, start, end, "When was the last period?", _EITHER)


_MONTHS = {"y": 12.0, "mo": 1.0, "mt": 1.0, "w": 0.25, "f": 0.5, "da": 0.035, "de": 120.0}


def _by_length(rest: str, scene: Scene) -> tuple[bool | None, int] | None:
    """ "8 months ago": (capable or None where it is not clear, characters read)."""
    length = _AGO.match(rest)
    if not length:
        return None
    unit = next(months for key, months in _MONTHS.items() if length["u"].startswith(key))
    number = small_number(length["n"])
    if number is None:
        return (True, length.end()) if unit < 1 else (None, length.end())
    months = number * unit
    return (None if months == unit == _MONTHS["y"] else months <= _MONTHS["y"]), length.end()


def _by_date(rest: str, scene: Scene) -> tuple[bool | None, int] | None:
    reference = scene.reference_date
    found = find_dates(Scene(rest, rest, None, reference, scene.lexicon))
    if reference is None or not found:
        return None
    day = settle(found[0], "lmp", reference)
    days = [day.value] if day.value else [option for option in day.options if isinstance(option, date)]
    over = {_menopausal(option, reference) for option in days}
    if len(over) != 1 or None in over:
        return None
    return not over.pop(), found[0].end


def _by_year(rest: str, scene: Scene) -> tuple[bool | None, int] | None:
    year = _YEAR_ALONE.match(rest)
    if year is None or scene.reference_date is None:
        return None
    years = scene.reference_date.year - int(year["y"])
    if years >= 2 or years == 0:
        return years == 0, year.end()
    return None, year.end()


def _menopausal(last: date, reference: date) -> bool | None:
    days = (reference - last).days
    return None if days < 0 else days > 365
