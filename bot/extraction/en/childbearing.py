"""Whether the candidate can bear children: operations, menopause, periods and the last of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.dates import find_dates, settle
from bot.extraction.en.numbers import small_number
from bot.extraction.en.sex import candidate_sex
from bot.extraction.layout import clause_at, sentence_at
from bot.extraction.lexicon import words_pattern
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import Qualifiers, qualify


@cache
def _list(language: str, section: str, key: str) -> re.Pattern[str]:
    return words_pattern(language, "person", section, key)


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """childbearing_potential of the candidate; what is said of a wife is the partner's and read elsewhere."""
    fact = "childbearing_potential"
    low = scene.low
    if candidate_sex(doc, scene) == "male":
        return  # what is said of periods or menopause is said of his partner
    own = list(_periods(doc, scene))
    yield from own
    taken: list[tuple[int, int]] = [(mention.start, mention.end) for mention in own]
    for key, value in (("incapable", False), ("capable", True), ("ask", None)):
        for match in _list("en", "childbearing", key).finditer(low):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            meant = qualify(doc, start, end)
            if meant.other_person or meant.quoted_protocol or meant.hypothetical:
                continue
            taken.append((start, end))
            if _partner_near(low, start):
                continue
            mention = _one(scene, fact, match, value, meant)
            if mention is not None:
                yield mention


def _partner_near(low: str, start: int) -> bool:
    return bool(
        re.search(
            r"(?<![a-z])(?:partner|wife|spouse|girlfriend)(?:'s)?[\s:,]{1,2}(?:is|has|"
            r"was|who is|are|still|,)?\s?$",
            low[max(0, start - 30) : start],
        )
    )


def _one(scene: Scene, fact: str, match: re.Match[str], value: bool | None, meant: Qualifiers) -> Mention | None:
    """What one word of the lexicon says; value is what it means when nothing turns it round, None a question."""
    start, end = match.span()
    words, after = scene.text[start:end], scene.low[end : end + 40]
    if re.match(r"\s?\?", after):
        denied = re.match(r"\s?\?\s?(?:no|denied|denies|n)(?![a-z])", after)
        return None if denied else Mention(fact, None, start, end, f'"{words}" is only asked about.', (True, False))
    label = _YES_NO.match(after)
    menopause = re.search(r"menopaus|绝经", match.group()) is not None
    if label and label["v"][0] == "n":
        return Mention(fact, not value, start, end) if value or menopause else None
    if label and value is None and menopause:
        return Mention(fact, False, start, end)
    if match.group() == "pregnant" and (meant.negated or re.match(r"\s?(?:test|woman|women)", after)):
        return None
    if value is None and meant.negated:
        return None
    if value is None:
        reason = f'"{words}" does not settle whether she can bear children.'
        return Mention(fact, None, start, end, reason, (True, False), rank=-1)
    if meant.uncertain or meant.planned:
        return Mention(fact, None, start, end, f'"{words}" is said with doubt.', (True, False))
    return _denied(fact, match, value) if meant.negated else Mention(fact, value, start, end)


def _denied(fact: str, match: re.Match[str], value: bool) -> Mention | None:
    """ "Not postmenopausal" is capable; "no hysterectomy" says nothing; "no periods" is a question."""
    start, end = match.span()
    if value is False:
        about = re.search(r"menopaus|绝经|childbearing|reproductive", match.group())
        return Mention(fact, True, start, end) if about else None
    if re.search(r"regular|perimeno|breast|lactat", match.group()):
        return None
    if "period" in match.group() or "menstr" in match.group():
        return Mention(fact, None, start, end, "No periods: since when, and why?", (True, False))
    return Mention(fact, False, start, end)


_YES_NO = re.compile(
    r"(?:\s?[:=]\s?|\s(?=(?:no|n)\s*(?:[,.;)\n]|$)))(?P<v>no|n|none|nil|negative|yes|"
    r"y)(?![a-z])"
)
_CAUSE = re.compile(
    r"(?<![a-z])(?:chemo\w*|zoladex|goserelin|leuprol?\w*|gnrh|ablation|mirena|depo|implant|"
    r"breast-?\s?feeding|lactating|"
    r"tamoxifen|radiotherapy|anorexia)(?![a-z])|化疗"
)
_STOPPED = re.compile(
    r"(?<![a-z])(?:periods?|menses|menstruation|bleeding|月经)\s(?:have\s|has\s|had\s|were\s|been\s|"
    r"are\s)*(?:stopped|ceased|ended|gone|absent|disappeared|finished)(?P<rest>[^.;\n]{0,60})|"
    r"(?<![a-z])(?:stopped|ceased|finished|quit) (?:menstruating|having (?:her )?periods|her "
    r"periods)(?P<rest4>[^.;\n]{0,60})|"
    r"(?<![a-z])(?:hasn't|has not|not|never) (?:had )?(?:menstruated|a period|any "
    r"periods?)(?P<rest5>[^.;\n]{0,60})|"
    r"(?<![a-z])(?:amenorrh?o?eic|amenorrh?o?ea|no (?:more )?(?:periods?|menses|menstruation)|no "
    r"longer (?:has|having|gets) (?:her )?(?:periods?|menses)|last (?:period|menses)|hasn't had a "
    r"period|not had a period)(?P<rest2>[^.;\n]{0,60})|"
    r"闭经(?P<rest3>[^.;\n]{0,20})"
)
_PERIODS = re.compile(r"(?<![a-z])(?:still\s)?(?:has|having|have|gets|getting|with)\s(?:her\s|"
                      r"monthly\s|regular\s|normal\s|irregular\s)*(?:periods?|menses|menstruation)(?![a-z])|"
                      r"(?<![a-z])(?:periods?|menses|menstruation|cycles?)\s(?:are\s|is\s|still\s|"
                      r"remain\s)*(?:regular|normal|irregular|present|monthly|ongoing|continue|"
                      r"every)(?![a-z])")  # fmt: skip
_LENGTH = (
    r"(?P<n>eleven|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|\d{1,2}|one|"
    r"two|three|four|five|six|seven|eight|nine|ten|twelve|a|an|several|many)\+?\s?"
    r"(?P<u>years?|yrs?|y|months?|mo|weeks?|days?)(?![a-z])"
)
_YEARS = re.compile(rf"(?<![a-z0-9.]){_LENGTH}")
_AGO = re.compile(rf"[\s:=,]*(?:was\s|about\s|approx\s|~)?{_LENGTH}\s?ago")


def _periods(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Periods, their end, and the date of the last one, of the candidate."""
    for mention in periods(doc, scene, 0, len(scene.low)):
        if not qualify(doc, mention.start, mention.start + 5).foreign:
            yield _with_its_cause(doc, scene, mention)


def _with_its_cause(doc: Doc, scene: Scene, mention: Mention) -> Mention:
    """Periods that ended under treatment are no natural menopause, however long ago."""
    begin, stop = sentence_at(doc, mention.start)
    if mention.value is not False or not _CAUSE.search(scene.low, begin, stop):
        return mention
    reason = "Periods ended with a treatment named beside them: is this the natural menopause?"
    return replace(mention, value=None, doubt=reason, options=(True, False))


def periods(doc: Doc, scene: Scene, left: int, right: int) -> Iterator[Mention]:
    """What is said of periods between two offsets, whoever's they are, as childbearing_potential."""
    fact, low = "childbearing_potential", scene.low
    for match in _PERIODS.finditer(low, left, right):
        meant = qualify(doc, *match.span())
        if meant.negated or meant.uncertain:
            continue
        yield Mention(fact, True, *match.span())
    for match in _STOPPED.finditer(low, left, right):
        start, end = match.span()
        rest = match["rest"] or match["rest2"] or match["rest3"] or match["rest4"] or match["rest5"] or ""
        stop = end - len(rest)
        if _list("en", "childbearing", "since_treatment").search(rest[:50]):
            yield Mention(fact, True, start, end)
        elif match.group().startswith("last") or "last period" in match.group():
            yield from _last_period(doc, scene, start, stop)
        else:
            yield _ended(scene, start, stop, rest)
    for match in _list("en", "childbearing", "last_period").finditer(low, left, right):
        if not _STOPPED.match(low, match.start()):
            yield from _last_period(doc, scene, *match.span())


def _ended(scene: Scene, start: int, stop: int, rest: str) -> Mention:
    """ "no periods for 5 years": natural menopause takes twelve months without another reason."""
    fact = "childbearing_potential"
    length = _YEARS.search(rest)
    year = re.match(r"\s(?:in|since)\s(?:[a-z]{3,9}\s)?(?P<y>(?:19|20)\d\d)(?!\d)", rest)
    if year and scene.reference_date is not None and scene.reference_date.year - int(year["y"]) >= 2:
        return Mention(fact, False, start, stop + year.end())
    if length and length["u"].startswith("y") and length["n"] not in ("a", "an", "one", "1", "several", "many"):
        return Mention(fact, False, start, stop + length.end())
    return Mention(
        fact,
        None,
        start,
        stop,
        "Periods have stopped: since when, and is there another reason than menopause?",
        (True, False),
    )


_YEAR_ALONE = re.compile(
    r"[\s:=,]*(?:was\s|in\s|about\s|early\s|late\s|mid\s|[a-z]{3,9}\.?\s|\d{1,2}/)*(?P<y>(?:19|20)\d\d)(?!\d)"
)
_LATELY = re.compile(
    r"[\s:=,]*(?:was\s)?(?:last week|last month|this month|this week|recent|now|yesterday|today|two "
    r"weeks|a few)"
)
_MORE_THAN_A_YEAR = "Is it more than twelve months since the last period?"


def _last_period(doc: Doc, scene: Scene, start: int, end: int) -> Iterator[Mention]:
    """LMP within twelve months: capable; longer ago: not. A time that cannot be told is asked about."""
    fact = "childbearing_potential"
    _, stop = clause_at(doc, end, frozenset({"semicolon"}))
    rest = scene.low[end : min(stop, end + 50)]
    for look in (_by_length, _by_date, _by_year):
        found = look(rest, scene)
        if found is not None:
            capable, length = found
            doubt = _MORE_THAN_A_YEAR if capable is None else None
            options = (True, False) if capable is None else ()
            yield Mention(fact, capable, start, end + length, doubt, options)
            return
    if _LATELY.match(rest):
        yield Mention(fact, True, start, end)
        return
    yield Mention(fact, None, start, end, "When was the last period?", (True, False))


def _by_length(rest: str, scene: Scene) -> tuple[bool | None, int] | None:
    """ "8 months ago": (capable or None where it is not clear, characters read)."""
    length = _AGO.match(rest)
    if not length:
        return None
    number = small_number(length["n"])
    months = {"y": 12.0, "m": 1.0, "w": 0.25, "d": 0.035}[length["u"][0]]
    if number is None or (number == 1 and months == 12.0):
        return None if number is None and months < 1 else (None, length.end())
    return number * months <= 12, length.end()


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
