"""Which fact a date is the date of: birth, consent, pregnancy test, enrolment, or something else entirely."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.consent import signed_by_another
from bot.extraction.en.consent_forms import other_form_only
from bot.extraction.en.dates import DATE_FACTS, FoundDate, find_dates, settle, stands_alone
from bot.extraction.layout import sentence_at
from bot.extraction.lexicon import alternation, lexicon, words_pattern
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify
from bot.extraction.quick import quick


@cache
def _event_pattern(language: str) -> re.Pattern[str]:
    events = lexicon(language)["dates"]["events"]
    tests = lexicon(language)["person"]["pregnancy"]["test"]
    more = {"pregnancy_test_date": tests}
    parts = [rf"(?P<{name}>{alternation([*words, *more.get(name, ())])})" for name, words in events.items()]
    return quick(rf"(?<![a-z0-9])(?:{'|'.join(parts)})(?![a-z])")


def _claims(
    item: FoundDate, scene: Scene, doc: Doc, cues: list[tuple[int, int, str]], dates: list[FoundDate]
) -> str | None:
    """The event that a date belongs to: the nearest cue in its sentence, the one before it preferred."""
    begin, end = sentence_at(doc, item.start)
    index = bisect_left(cues, (item.start, 0, ""))
    best: tuple[float, str] | None = None
    for cue_start, cue_end, name in cues[max(0, index - 8) : index + 6]:
        if cue_end <= begin or cue_start >= end or (cue_start < item.end and item.start < cue_end):
            continue
        if cue_end <= item.start:
            gap = scene.low[cue_end : item.start]
            cost = len(gap) + 18.0 * len(re.findall(r"[,;]| and | then |[()]", gap))
            cost += 60.0 * sum(1 for other in dates if cue_end <= other.start < item.start)
        else:
            gap = scene.low[item.end : cue_start]
            if any(0 <= other.start - cue_end <= 6 for other in dates):
                continue  # "17 Nov 2026, also DOB 19/02/1985": the name has a date of its own
            fronted = not scene.low[begin : item.start].strip(" ,-*").replace("on", "")
            if (
                len(gap) > 40
                or ";" in gap
                or " and " in gap
                or ("," in gap and not fronted)
                or (item.doubt and len(gap) > 3)
            ):
                continue
            cost = len(gap) + 12.0 + 25.0 * len(re.findall(r"[,;]| and | then |[()]", gap))
            cost += 60.0 * sum(1 for other in dates if item.end <= other.start < cue_start)
        if best is None or cost < best[0]:
            best = cost, name
    return best[1] if best and best[0] < 120 else None


# Names of fields in data sheets: "ICFDAT=2026-11-16", "HCG_DT;...".
_FIELD = quick(r"(?<![a-z])(?P<what>[a-z]{2,8}?)_?(?:dt|dat|dtc|dttm|date)[\s:=;|,\"'\t]{1,4}\Z")
_FIELDS = {
    "icf": "icf_date", "ic": "icf_date", "cons": "icf_date", "consent": "icf_date", "infc": "icf_date",
    "infcons": "icf_date",
    "rfic": "icf_date", "hcg": "pregnancy_test_date", "bhcg": "pregnancy_test_date", "upt": "pregnancy_test_date",
    "preg": "pregnancy_test_date", "prg": "pregnancy_test_date", "pregtst": "pregnancy_test_date",
    "enr": "enrollment_date",
    "enrol": "enrollment_date", "enroll": "enrollment_date", "enrl": "enrollment_date", "rand": "enrollment_date",
    "birth": "birth_date", "brth": "birth_date",
}  # fmt: skip
_BORN = quick(r"(?:^|[\s,(;])(?:b\.|\*|geb\.?)\s?\Z")
_AFTER_NAME = quick(r"(?<![a-z])(?:mr|mrs|ms|miss|mdm)\.?\s[a-z'-]+(?:\s[a-z'-]+)?\s?[,(]\s?\Z")
_ADULT = 16  # years; a full date that lies further back, behind a name, is the date of birth
_SAME_DAY = quick(
    r"\s(?:(?:was|is|visit|test|done|taken|neg|negative|also|and|on|of|the|planned)\s){0,3}same day(?![a-z])"
)


def _by_form(scene: Scene, item: FoundDate) -> str | None:
    """The fact that the name of a data field, "b." or "Mr Liang," directly before a date makes it the date of."""
    left = scene.low[max(0, item.start - 40) : item.start]
    field = _FIELD.search(left)
    if field is not None and field["what"] in _FIELDS:
        return _FIELDS[field["what"]]
    if item.value is None or scene.reference_date is None or item.value.year > scene.reference_date.year - _ADULT:
        return None
    return "birth_date" if _BORN.search(left) or _AFTER_NAME.search(left) else None


def _same_day(
    doc: Doc, scene: Scene, item: FoundDate, cues: list[tuple[int, int, str]], dates: list[FoundDate]
) -> str | None:
    """An event on "the same day" as the only date of its sentence: "start on 26 Nov (enrolment same day)"."""
    begin, end = sentence_at(doc, item.start)
    if sum(begin <= other.start < end for other in dates) != 1:
        return None
    for start, stop, name in cues:
        if item.end <= start < end and name != "other" and _SAME_DAY.match(scene.low, stop) is not None:
            return name
    return None


_PLACES = frozenset({"clinic", "visit", "ward", "admission", "appointment", "review"})
_AT = quick(r"(?:\stest)?\s(?:in|at|on|during)\s(?:the\s|our\s|her\s|his\s)?")
# "Enrolled in the TPF trial on", "a phase III randomised, open trial": another study, or only its design.
_OTHER_TRIAL = quick(
    r"\s?(?:,\s)?(?:(?:in|into)\s(?:(?:the|a|an|another|his|her)\s)?(?!(?:this|our|current|present|study|"
    r"trial|npc|protocol|research|nct|week|next|"
    r"coming|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|about|early|late|mid|time|"
    r"a|an|the|two|three|today|tomorrow)[a-z]*)"
    r"(?:[a-z][\w-]*)|(?:open|controlled|double|clinical|multicent|phase|placebo|trial|study|evidence))(?![a-z])"
)
_MOVED = quick(
    r"(?<![a-z])(?:moved|postponed|rescheduled|brought forward|changed|delayed|shifted|pushed|put back|"
    r"corrected)(?:\sback)?\sfrom\s(?:the\s)?$"
)
_CARRIERS = frozenset({"visit", "appointment", "start", "review", "completed"})
_BARE_TEST = quick(
    r"(?<!covid )(?<!swab )(?<![a-z])test(?: was| is| came back|:)? (?:neg|"
    r"pos)[a-z]*(?! for)|(?<![a-z])tested (?:neg|pos)[a-z]* for pregnancy"
)
_ROUGHLY = quick(
    r"(?<![a-z])(?:week of|week commencing|w/c|wc|around|about|before|after|by|until|end of|early|"
    r"late|mid|approximately|~)\s(?:the\s)?$"
)
# Doubt about a result is none about its date: "hCG equivocal on 22 November".
_OF_RESULTS = frozenset({"equivocal", "indeterminate", "borderline", "questionable", "suspicious", "inconclusive"})
_TEST_ASKED = ("pregnancy_test_date", "pregnancy_test_result")

# What a date without a name of its own is the date of, once one of these facts was asked for.
_ASKED_DATE = {
    **{fact: fact for fact in DATE_FACTS},
    "icf_signed": "icf_date",
    "pregnancy_test_result": "pregnancy_test_date",
}


def _moved(low: str, first: FoundDate, then: FoundDate) -> bool:
    """ "Moved from 24 Nov to 30 Nov": the first is no longer the date."""
    if not _MOVED.search(low, max(0, first.start - 40), first.start):
        return False
    return re.fullmatch(r"\s(?:to|until)\s(?:the\s)?", low[first.end : then.start]) is not None


def _asked_date(scene: Scene, item: FoundDate, moved_from: FoundDate | None) -> str | None:
    """The asked date, where the words around the date are a bare answer or name that event."""
    fact = _ASKED_DATE.get(scene.asked or "")
    if fact is None:
        return None
    begin = max(scene.low.rfind(sign, 0, item.start) for sign in ",;.\n") + 1
    if moved_from is not None:
        begin = max(begin, moved_from.end)
    stops = [at for sign in (",", ";", ". ", "\n") if (at := scene.low.find(sign, item.end)) != -1]
    words = scene.low[begin : item.start] + " " + scene.low[item.end : min(stops, default=len(scene.low))]
    return fact if stands_alone(words, fact) else None


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Birth, consent, pregnancy test and enrolment dates, each claimed by the words beside it."""
    dates = find_dates(scene)
    if not dates:
        return
    pattern = _event_pattern("en")
    cues: list[tuple[int, int, str]] = []
    for m in pattern.finditer(scene.low):
        if m.lastgroup == "other" and m.group() in _CARRIERS and cues and m.start() - cues[-1][1] <= 2:
            continue  # "enrolment visit": the word before says whose date it is
        if m.group() in _PLACES and cues and _AT.fullmatch(scene.low, cues[-1][1], m.start()):
            continue  # "a test in clinic today", "hCG on admission 14 May"
        if m.lastgroup == "enrollment_date" and _OTHER_TRIAL.match(scene.low, m.end()):
            cues.append((m.start(), m.end(), "other"))
            continue
        cues.append((m.start(), m.end(), str(m.lastgroup)))
    by_field = any(_by_form(scene, item) == "pregnancy_test_date" for item in dates)
    tested = by_field or bool(
        words_pattern("en", "person", "pregnancy", "test").search(scene.low) or _BARE_TEST.search(scene.low)
    )
    moved_from: FoundDate | None = None
    for number, item in enumerate(dates):
        if (
            item.weekday
            and number + 1 < len(dates)
            and dates[number + 1].start - item.end <= (8 if "week" in scene.low[item.end : item.end + 6] else 6)
        ):
            continue  # "Friday, 13 November 2026"
        if number + 1 < len(dates) and _moved(scene.low, item, dates[number + 1]):
            moved_from = item
            continue
        near = dates[max(0, number - 4) : number + 5]
        fact = _by_form(scene, item) or _claims(item, scene, doc, cues, near)
        again = _same_day(doc, scene, item, cues, dates)
        if again is not None and again != fact and (mention := _as_mention(doc, scene, item, again)) is not None:
            yield mention
        if fact is None and len(scene.text) < 120:
            fact = _asked_date(scene, item, moved_from)
        if fact is None or fact == "other":
            continue
        if fact == "pregnancy_test_date" and not tested and (scene.asked or "") not in _TEST_ASKED:
            continue
        if fact == "icf_date" and _VERSION.search(scene.low[max(0, item.start - 32) : item.start]):
            continue
        if fact == "icf_date" and not _form_near(scene, item.start):
            continue
        if fact == "birth_date" and _relative_born(scene, item.start):
            continue
        if fact == "icf_date" and other_form_only(doc, scene, item.start):
            continue
        if fact == "icf_date" and signed_by_another(scene.low[slice(*sentence_at(doc, item.start))]):
            continue
        mention = _as_mention(doc, scene, item, fact)
        if mention is not None:
            yield mention


# "ICF v3.0 of 12 March 2026": the date of the paper, not of the signature.
_VERSION = quick(
    r"(?<![a-z])(?:v|ver|vers|version)\.?\s?\d[\d.]{0,4}[\s,(]{0,3}(?:dated|of|from|date|"
    r"approved)?[\s:]{0,2}(?:the\s)?$"
)
_FORM = quick(r"(?<![a-z])(?:e-?consent\w*|icf\w*|consent\w*|inform\w*|ic|form)(?![a-z])|知情")


def _form_near(scene: Scene, start: int) -> bool:
    """Whether a consent form is spoken of near the date, or was asked for: "signed 12 May" may be a report."""
    return (
        scene.asked in ("icf_date", "icf_signed")
        or _FORM.search(scene.low, max(0, start - 300), start + 120) is not None
        or _FIELD.search(scene.low, max(0, start - 40), start) is not None
    )


@cache
def _relative(language: str = "en") -> re.Pattern[str]:
    people = lexicon(language)["cues"]["people"]
    names = alternation(
        [
            *(word for person in people.values() for word in person["words"]),
            "twins",
            "baby",
            "babies",
            "grandchild",
            "child",
        ]
    )
    return quick(
        rf"(?<![a-z])(?:{names})[\s,(]{{1,3}}(?:who\s|was\s|is\s|also\s|[a-z]+\s)?(?:born|dob|b\.)[\s:]+(?:on\s|"
        rf"in\s)?(?:the\s)?$"
    )


def _relative_born(scene: Scene, start: int) -> bool:
    """ "His brother, born 6 June 1966": the comma ends no talk of the brother."""
    return _relative().search(scene.low[max(0, start - 50) : start]) is not None


def _negative_for(doc: Doc, item: FoundDate) -> bool:
    """ "Tested negative for pregnancy on 20 November" denies the pregnancy, not the day."""
    cue = cue_at(doc, "negated", item.start, item.end)
    return cue is not None and cue.label.lower() == "negative for"


def _as_mention(doc: Doc, scene: Scene, item: FoundDate, fact: str) -> Mention | None:
    settled = settle(item, fact, scene.reference_date)
    meant = qualify(doc, item.start, item.end)
    if (meant.other_person and fact in ("birth_date", "pregnancy_test_date")) or (
        meant.hypothetical and fact != "enrollment_date"
    ):
        return None
    denied = meant.negated and not _negative_for(doc, item)
    if denied or (fact in ("icf_date", "pregnancy_test_date") and meant.planned):
        return None  # a signature or a test that is still to come has no date yet
    ahead = settled.value is not None and scene.reference_date is not None and settled.value > scene.reference_date
    if ahead and fact in ("icf_date", "pregnancy_test_date") and not re.search(r"\d", scene.low[item.start : item.end]):
        return None
    doubt = settled.doubt
    if doubt is None and fact != "birth_date" and _ROUGHLY.search(scene.low[max(0, item.start - 18) : item.start]):
        doubt = f'"{scene.text[item.start : item.end]}" is not given as the exact day.'
    cue = cue_at(doc, "uncertain", item.start, item.end)
    touching = (
        cue is not None
        and cue.label.lower() not in _OF_RESULTS
        and cue.cue_end <= item.start
        and item.start - cue.cue_end <= 6
    )
    if doubt is None and (touching or (scene.low[item.end : item.end + 1] == "?" and not meant.question)):
        doubt = f'"{scene.text[item.start : item.end]}" is said with doubt.'
    value = None if doubt else settled.value
    return Mention(fact, value, item.start, item.end, doubt, settled.options)
