"""Willing and able, told of the plan itself ("visits are feasible", "blood tests refused") or left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from bot.extraction.en.compliance_words import EITHER, PASSIVE, about_plan, word_of
from bot.extraction.en.denied import denied
from bot.extraction.layout import sentence_at
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

_BY_CANDIDATE = quick(r"\s*(?:$|[,.;)\n]|by\s(?:the\s)?(?:patient|pt|him|her|candidate)(?![a-z])|and\s)")


@cache
def _subject(section: str, language: str = "en") -> re.Pattern[str]:
    content = lexicon(language)["compliance"]
    return quick(
        rf"(?<![a-z])(?:{alternation(content['plan_as_subject'])})(?:\s(?:for|of|to|and|the|all|every|weekly|study|"
        rf"trial|tests|scans|bloods|here)){{0,3}}"
        rf"\s?(?:[:=-]\s?|(?:is|are|will be|would be|should be|seems?|have been|has been|would pose|pose|poses)\s)?"
        rf"(?:all\s|both\s|quite\s|perfectly\s|simply\s|just\s|"
        rf"entirely\s)*(?P<said>{alternation(content[section])})(?![a-z])"
    )


def of_plan_itself(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "Visits are feasible for her", "study visits accepted": the plan is the subject."""
    taken: list[tuple[int, int]] = []
    for section, fact, value in (
        ("subject_impossible", "able", False),
        ("subject_refused", "willing", False),
        ("subject_possible", "able", True),
        ("subject_accepted", "willing", True),
    ):
        for match in _subject(section).finditer(scene.low):
            start, end = match.span()
            meant = qualify(doc, start, match.end("said"))
            if any(a < end and start < b for a, b in taken) or meant.foreign or meant.uncertain or meant.planned:
                continue
            taken.append((start, end))
            if match["said"] in PASSIVE and not _BY_CANDIDATE.match(scene.low, end):
                continue  # "schedule agreed with the sponsor"
            if not denied(doc, match.start("said"), end, words=3):
                yield Mention(fact, value, start, end, rank=0 if value else 1)


# (section, fact, rank, whether it counts without words of the plan beside it)
_LEFT_OPEN = (
    ("undecided", "willing", 1, False),
    ("shortfalls", "able", 1, False),
    ("obstacles", "able", 0, False),
    ("travel_obstacles", "able", 0, True),
)


_CANNOT_COME = quick(
    r"(?<![a-z])(?:cannot|can't|can not|unable to|not able to)\s(?:travel|come|attend|get here|make it)"
    r"(?!\s(?:alone|by|on (?:his|her) own))(?![a-z])"
)


def open_questions(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Who hesitates has said neither yes nor no; who lives far away may still be able."""
    asked = scene.asked in ("willing", "able")
    for section, fact, rank, alone in _LEFT_OPEN:
        for match in word_of(section).finditer(scene.low):
            start, end = match.span()
            meant = qualify(doc, start, end)
            if asked and section == "travel_obstacles" and _CANNOT_COME.search(scene.low) is not None:
                continue  # "3 hours away, cannot travel": the answer itself is a no
            if meant.foreign or meant.negated or meant.historical:
                continue
            begin, stop = sentence_at(doc, start)
            if not alone and not asked:
                near = scene.low[max(begin, start - 80) : min(stop, end + 60)]
                about = word_of("plan").search(near)
                if about is None or (
                    section != "undecided" and word_of("not_the_plan").search(scene.low[end : min(stop, end + 25)])
                ):
                    continue
            elif section in ("shortfalls", "obstacles") and not about_plan(doc, scene.low, start, end, True):
                continue
            said = scene.text[start:end]
            question = "is the candidate able to follow the plan?" if fact == "able" else "is that a yes or a no?"
            yield Mention(fact, None, start, end, f'"{said}": {question}', EITHER, rank=rank)


@cache
def _brought(language: str = "en") -> re.Pattern[str]:
    """ "His daughter will drive him to all visits", "has someone to bring her to every visit"."""
    content = lexicon(language)["compliance"]
    return quick(
        rf"(?<![a-z])(?:{alternation(content['companions'])})\s(?:will\s|can\s|is going to\s|to\s|who\s|always\s)*"
        rf"(?:{alternation(content['brings'])})\s(?:her|him|them|the patient|pt)\s(?:in\s|over\s)?(?:to|for)\s"
        r"(?:all|every|each|the|any|her|his)\s(?:of\s)?(?:the\s|her\s|his\s|study\s|trial\s)*(?:visits?|appointments?|appts?)(?![a-z])"
    )


_NO_COMPANION = quick(
    r"(?<![a-z])(?:no|not|needs?|nobody|without|if|wants?|would need|has to find|looking for|lacks)(?:\s\w+)?\s\Z"
)


def brought(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Who is brought to every visit is able to come."""
    for match in _brought().finditer(scene.low):
        meant = qualify(doc, *match.span())
        before = scene.low[max(0, match.start() - 24) : match.start()]
        blocked = meant.quoted_protocol or meant.question or meant.hypothetical or meant.negated or meant.uncertain
        if not blocked and _NO_COMPANION.search(before) is None:
            yield Mention("able", True, *match.span())


@cache
def _said_of_visits(section: str, language: str = "en") -> re.Pattern[str]:
    """ "Compliance doubtful", "visits are impossible for her"."""
    content = lexicon(language)["compliance"]
    return quick(
        rf"(?<![a-z])(?:{alternation(content['compliance_nouns'])}|travel(?:ling)?|coming|appointments?)"
        rf"(?:\s[a-z]+)?(?:\s?:)?\s(?:(?:is|are|has been|have been|may be|might be|would be|will be|remains?|"
        rf"seems?)\s)?(?:{alternation(content[section])})(?![a-z])"
    )


def visits_judged(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """ "Compliance doubtful" is a question, "visits are impossible for her" a no."""
    for section, value in (("doubtful", None), ("impossible", False)):
        for match in _said_of_visits(section).finditer(scene.low):
            if not qualify(doc, *match.span()).foreign:
                doubt = "Is the candidate able to follow the plan?" if value is None else None
                yield Mention("able", value, *match.span(), doubt, EITHER if doubt else (), rank=1)
