"""Pregnancy test result, and whether the candidate can bear children."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from spacy.tokens import Doc

from bot.extraction.clauses import clause_at, sentence_at
from bot.extraction.dates import find_dates, settle
from bot.extraction.lexicon import alternation, lexicon, words_pattern
from bot.extraction.mention import Answer, Mention, Scene
from bot.extraction.qualifiers import Qualifiers, qualify
from bot.extraction.sex import candidate_sex

FACT = "pregnancy_test_result"
_STATES = ("indeterminate", "not_done", "pending", "negative", "positive")
_LEVEL = re.compile(r"[\s:=]{0,3}(?:level\s|was\s|of\s|is\s|result\s)?(?P<sign>[<>≤≥]?)\s?(?P<n>\d{1,6}(?:\.\d+)?)(?![\d/.-])\s?(?P<unit>m?i?u/m?l|iu/l|miu/ml|mu/ml|u/l)?")
_NEGATIVE_BELOW = 5.0  # IU/L, the usual cut-off of laboratories; a level without its unit is asked about
_NOT_A_RESULT = re.compile(r"(?<![a-z])(?:er|pr|her2|ebv|eber|hbv|hbsag|hiv|hcv|margin|p16|ck|pd-l1|node|nodes|kras|egfr|mycobacter|covid|blood culture)[\s:+/-]{0,3}$")


@cache
def _list(language: str, section: str, key: str) -> re.Pattern[str]:
    return words_pattern(language, "person", section, key)


@cache
def _results(language: str) -> re.Pattern[str]:
    content = lexicon(language)["person"]["pregnancy"]
    parts = [rf"(?P<{state}>{alternation(content[state])})" for state in _STATES]
    return re.compile(rf"(?<![a-z0-9+])(?:{'|'.join(parts)})(?![a-z])")


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """pregnancy_test_result and childbearing_potential."""
    yield from _tests(doc, scene)
    yield from _capacity(doc, scene)


def _foreign(meant: Qualifiers) -> bool:
    return meant.foreign or meant.other_cancer


def _tests(doc: Doc, scene: Scene) -> Iterator[Mention]:
    tests = list(_list("en", "pregnancy", "test").finditer(scene.low))
    for number, match in enumerate(tests):
        start, end = match.span()
        if _foreign(qualify(doc, start, end)):
            continue
        begin, stop = sentence_at(doc, start)
        if number + 1 < len(tests):
            stop = min(stop, tests[number + 1].start())
        if number:
            begin = max(begin, tests[number - 1].end())
        mention = _result(doc, scene, start, end, begin, stop)
        if mention is not None:
            yield mention
    if not tests and scene.asked in (FACT, "pregnancy_test_date"):
        return


def _result(doc: Doc, scene: Scene, start: int, end: int, begin: int, stop: int) -> Mention | None:
    """The result that belongs to one test: the nearest word after it in the sentence, else just before it."""
    low = scene.low
    reach = min(stop, end + 60)
    home = _list("en", "pregnancy", "home").search(low, max(begin, start - 20), reach)
    level = _LEVEL.match(low, end)
    if level and level["n"] is not None and (level["unit"] or level["sign"]):
        return _from_level(scene, level, start)
    for match in _results("en").finditer(low, end, reach):
        if match.lastgroup == "not_done" and "," in low[end : match.start()] and not match.group().startswith(("not", "never", "has")):
            break
        if _NOT_A_RESULT.search(low[end : match.start()]) or re.search(r"[;]|(?<![a-z])(?:ecog|icf|agrees?|contraception)(?![a-z])", low[end : match.start()]):
            break
        return _judged(doc, scene, match, start, match.end(), bool(home))
    for match in reversed(list(_results("en").finditer(low, max(begin, start - 30), start))):
        gap = low[match.end() : start]
        if len(gap) > 14 or re.search(r"[,;.]|(?<![a-z])(?:and|for)(?![a-z])", gap):
            continue
        return _judged(doc, scene, match, match.start(), end, bool(home))
    if level and level["n"] is not None and not re.match(r"\s?(?:days?|weeks?|d|h|hours?|x|times|months?)(?![a-z])", low[level.end() :]):
        return _from_level(scene, level, start)
    meant = qualify(doc, start, end)
    if meant.negated and not meant.uncertain:
        return Mention(FACT, "not_done", start, end)
    if meant.planned:
        return Mention(FACT, "not_done", start, end)
    return None


def _judged(doc: Doc, scene: Scene, match: re.Match[str], start: int, end: int, home: bool) -> Mention | None:
    state = str(match.lastgroup)
    words = scene.text[start:end]
    meant = qualify(doc, match.start(), match.end())
    if state == "pending":
        return Mention(FACT, None, start, end, "The result of the pregnancy test is not back yet.")
    if state == "not_done":
        return Mention(FACT, "not_done", start, end)
    if meant.uncertain or scene.low[match.end() : match.end() + 1] == "?":
        return Mention(FACT, None, start, end, f'"{words}" is said with doubt.', (state,))
    if meant.negated:
        return Mention(FACT, None, start, end, f'"{words}" does not give the result.')
    if meant.planned and not re.search(r"\bbefore\b", words):
        return None
    if home:
        return Mention(FACT, None, start, end, "A home test is no laboratory result; was there a urine or serum test?", (state,), rank=-1)
    return Mention(FACT, state, start, end)


def _from_level(scene: Scene, level: re.Match[str], start: int) -> Mention:
    words = scene.text[start : level.end()].strip()
    number = float(level["n"])
    if level["unit"] and number <= _NEGATIVE_BELOW and level["sign"] in ("<", "≤"):
        return Mention(FACT, "negative", start, level.end())
    if level["unit"] and number < _NEGATIVE_BELOW and level["sign"] == "":
        return Mention(FACT, "negative", start, level.end())
    if level["sign"] in ("<", "≤") and number <= _NEGATIVE_BELOW:
        return Mention(FACT, None, start, level.end(), f'"{words}" has no unit; is the result negative?', ("negative",))
    return Mention(FACT, None, start, level.end(), f'"{words}": does the laboratory call this negative or positive?', ("negative", "positive"))


def _capacity(doc: Doc, scene: Scene) -> Iterator[Mention]:
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
    return bool(re.search(r"(?<![a-z])(?:partner|wife|spouse|girlfriend)(?:'s)?[\s:,]{1,2}(?:is|has|was|who is|are|still|,)?\s?$", low[max(0, start - 30) : start]))


def _one(scene: Scene, fact: str, match: re.Match[str], value: bool | None, meant: Qualifiers) -> Mention | None:
    start, end = match.span()
    words = scene.text[start:end]
    after = scene.low[end : end + 40]
    if re.match(r"\s?\?", after):
        denied = re.match(r"\s?\?\s?(?:no|denied|denies|n)(?![a-z])", after)
        return None if denied else Mention(fact, None, start, end, f'"{words}" is only asked about.', (True, False))
    label = re.match(r"\s?[:=]\s?(?P<v>no|n|none|negative|yes|y)(?![a-z])", after)
    menopause = re.search(r"menopaus|绝经", match.group())
    if label and label["v"][0] == "n":
        return Mention(fact, not value, start, end) if value or menopause else None
    if label and value is None and menopause:
        return Mention(fact, False, start, end)
    if match.group() == "pregnant" and (meant.negated or re.match(r"\s?(?:test|woman|women)", after)):
        return None
    if value is None:
        return None if meant.negated else Mention(fact, None, start, end, f'"{words}" does not settle whether she can bear children.', (True, False), rank=-1)
    if meant.uncertain or meant.planned:
        return Mention(fact, None, start, end, f'"{words}" is said with doubt.', (True, False))
    if meant.negated:
        if value is False:
            about = re.search(r"menopaus|绝经|childbearing|reproductive", match.group())
            return Mention(fact, True, start, end) if about else None
        if re.search(r"regular|perimeno|breast|lactat", match.group()):
            return None
        if "period" in match.group() or "menstr" in match.group():
            return Mention(fact, None, start, end, "No periods: since when, and why?", (True, False))
        return Mention(fact, False, start, end)
    return Mention(fact, value, start, end)


_STOPPED = re.compile(
    r"(?<![a-z])(?:periods?|menses|menstruation|bleeding|月经)\s(?:have\s|has\s|had\s|were\s|been\s|are\s)*(?:stopped|ceased|ended|gone|absent|disappeared|finished)(?P<rest>[^.;\n]{0,60})|"
    r"(?<![a-z])(?:amenorrh?o?eic|amenorrh?o?ea|no (?:more )?(?:periods?|menses|menstruation)|no longer (?:has|having|gets) (?:her )?(?:periods?|menses)|last (?:period|menses)|hasn't had a period|not had a period)(?P<rest2>[^.;\n]{0,60})|"
    r"闭经(?P<rest3>[^.;\n]{0,20})"
)
_PERIODS = re.compile(r"(?<![a-z])(?:still\s)?(?:has|having|have|gets|getting|with)\s(?:her\s|monthly\s|regular\s|normal\s|irregular\s)*(?:periods?|menses|menstruation)(?![a-z])|"
                      r"(?<![a-z])(?:periods?|menses|menstruation|cycles?)\s(?:are\s|is\s|still\s|remain\s)*(?:regular|normal|irregular|present|monthly|ongoing|continue|every)(?![a-z])")  # fmt: skip
_LENGTH = (
    r"(?P<n>eleven|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a|an|several|many)\+?\s?"
    r"(?P<u>years?|yrs?|y|months?|mo|weeks?|days?)(?![a-z])"
)
_YEARS = re.compile(rf"(?<![a-z0-9.]){_LENGTH}")
_AGO = re.compile(rf"[\s:=,]*(?:was\s|about\s|approx\s|~)?{_LENGTH}\s?ago")


def _periods(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Periods, their end, and the date of the last one, of the candidate."""
    for mention in periods(doc, scene, 0, len(scene.low)):
        if not qualify(doc, mention.start, mention.start + 5).foreign:
            yield mention


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
        rest = match["rest"] or match["rest2"] or match["rest3"] or ""
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
    if length and length["u"].startswith("y") and length["n"] not in ("a", "an", "one", "1", "several", "many"):
        return Mention(fact, False, start, stop + length.end())
    return Mention(fact, None, start, stop, "Periods have stopped: since when, and is there another reason than menopause?", (True, False))


def _last_period(doc: Doc, scene: Scene, start: int, end: int) -> Iterator[Mention]:
    """LMP within twelve months: capable; longer ago: not. A time that cannot be told is asked about."""
    fact, reference = "childbearing_potential", scene.reference_date
    _, stop = clause_at(doc, end, frozenset({"semicolon"}))
    rest = scene.low[end : min(stop, end + 50)]
    length = _AGO.match(rest)
    if length:
        unit, number = length["u"][0], length["n"]
        many = number in ("several", "many") or number.isdigit() and int(number) > 12 or number == "twelve"
        if unit == "y":
            over = number not in ("a", "an", "one", "1", "several", "many")
            yield Mention(fact, False if over else None, start, end + length.end(), None if over else "Is it more than twelve months since the last period?")
        elif unit == "m" and many:
            yield Mention(fact, False if number.isdigit() else None, start, end + length.end(), None if number.isdigit() else "When was the last period?")
        else:
            yield Mention(fact, True, start, end + length.end())
        return
    year = re.match(r"[\s:=,]*(?:was\s|in\s|about\s|early\s|late\s|mid\s|[a-z]{3,9}\.?\s|\d{1,2}/)*(?P<y>(?:19|20)\d\d)(?![\d])", rest)
    inner = Scene(rest, rest, None, reference, scene.lexicon)
    found = find_dates(inner)
    if reference is not None and found:
        day = settle(found[0], "lmp", reference)
        days = [day.value] if day.value else [d for d in day.options if isinstance(d, date)]
        verdicts = {_menopausal(d, reference) for d in days}
        if days and len(verdicts) == 1 and None not in verdicts:
            yield Mention(fact, not verdicts.pop(), start, end + found[0].end)
            return
    if reference is not None and year:
        written = int(year["y"])
        if reference.year - written >= 2:
            yield Mention(fact, False, start, end + year.end())
            return
        if written == reference.year and reference.month <= 12:
            yield Mention(fact, True, start, end + year.end())
            return
    if re.match(r"[\s:=,]*(?:was\s)?(?:last week|last month|this month|this week|recent|now|yesterday|today|two weeks|a few)", rest):
        yield Mention(fact, True, start, end)
        return
    yield Mention(fact, None, start, end, "When was the last period?", (True, False))


def _menopausal(last: date, reference: date) -> bool | None:
    days = (reference - last).days
    return None if days < 0 else days > 365


def _answer_result(words: str, scene: Scene) -> Answer | None:
    bare = words.strip(" .,!")
    if len(bare.split()) > 6:
        return None
    if re.fullmatch(r"(?:no|none|not yet|not done|no test|not done yet|never|nope)(?: (?:test|yet|done|so far|one))*", bare):
        if bare in ("no", "nope", "none", "never"):
            return Answer(doubt=f'"{bare}": was no test done, or was it negative?', options=("not_done", "negative"))
        return Answer("not_done")
    found = list(_results("en").finditer(bare))
    states = {str(match.lastgroup) for match in found}
    if re.search(r"(?<![a-z])(?:home|self)(?![a-z])", bare):
        return Answer(doubt="A home test is no laboratory result; was there a urine or serum test?")
    if "pending" in states:
        return Answer(doubt="The result of the pregnancy test is not back yet.")
    if len(states) != 1 or bare.endswith("?"):
        return None
    return Answer(states.pop())


ANSWERS = {FACT: _answer_result}
