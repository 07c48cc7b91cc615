"""Which consent form is meant: this study's, or one for surgery, a biobank, another trial."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from bot.extraction.layout import clause_at, sentence_at
from bot.extraction.lexicon import alternation, lexicon, words_pattern
from bot.extraction.mention import Mention, Scene

WINDOW = 160  # characters on either side of the form's name; keeps the work linear in unbroken text
NEAR = 60  # characters within which a word of signing belongs to the form
_CLAUSE = frozenset({"semicolon", "but", "bracket"})

# Consent for anything that is not named as a study is consent for something else: surgery, a gastrostomy, chemotherapy.
_PURPOSE = re.compile(
    r"\s?(?:forms?\s)?(?:\d\s)?(?:was\s|is\s|has been\s|already\s)?(?:signed\s|given\s|obtained\s)?(?:for|to|of|"
    r"from)\s(?=[a-z])"
)
_THIS_STUDY = re.compile(
    r"(?:(?:the|this|our|your|their|a|an|her|his|current|present|clinical|imrt|rt|radiotherapy|radiation|npc|"
    r"phase (?:iii|3))\s){0,4}"
    r"(?:study|trial|research|protocol|screening|participation|participate|take part|taking part|join|"
    r"joining|enrol|enter|"
    r"inclusion|nct|be (?:in|part)|follow|version|patient|pt|be signed|sign|both|visits|him|her|"
    r"irradiation trial)"
)
_ANOTHER_STUDY = re.compile(
    r"(?:another|other|different|previous|earlier|prior)\s(?:\w+\s)?(?:trial|study)|biobank|tissue|genetic"
)
# "IC x3" is induction chemotherapy, "IC signed" a consent form.
_IC_IS_A_FORM = re.compile(r"\s?(?:form\s)?(?:was\s|is\s)?(?:not\s|un)?(?:yet\s)?(?:sign|dated|date)")


@cache
def words(key: str, language: str = "en") -> re.Pattern[str]:
    """One list of words from the consent section of the lexicon."""
    return words_pattern(language, "person", "consent", key)


@dataclass(frozen=True, slots=True)
class Place:
    """The name of a form (start, end) and the clause it stands in (begin, stop), by character offsets."""

    start: int
    end: int
    begin: int
    stop: int

    def near(self, pattern: re.Pattern[str], low: str) -> tuple[int, int] | None:
        """The match nearest to the form's name inside the clause, without overlapping the name."""
        best: tuple[int, tuple[int, int]] | None = None
        for match in pattern.finditer(low, max(self.begin, self.start - NEAR), min(self.stop, self.end + NEAR)):
            if match.start() < self.end and self.start < match.end():
                continue
            distance = self.start - match.end() if match.end() <= self.start else match.start() - self.end
            if best is None or distance < best[0]:
                best = distance, match.span()
        return best[1] if best else None


_WRAPPED = re.compile(r"\s*(?:(?:the|his|her|their|this|our|an?)\s)?")
_UNENDED = re.compile(r"[a-z,]\s?\n\s*$")


def forms(doc: Doc, scene: Scene) -> Iterator[Place]:
    """Every form of this study that the text names."""
    for match in words("form").finditer(scene.low):
        start, end = match.span()
        if match.group() in ("ic", "ic form") and not _IC_IS_A_FORM.match(scene.low, end):
            continue
        begin, stop = clause_at(doc, start, _CLAUSE)
        if _WRAPPED.fullmatch(scene.low, begin, start) and _UNENDED.search(scene.low[max(0, begin - 30) : begin]):
            begin = clause_at(doc, max(0, begin - 2), _CLAUSE)[0]  # "has signed" ends the line before
        place = Place(start, end, max(begin, start - WINDOW), min(stop, end + WINDOW))
        if not (_is_other(scene.low, place) or _of_operation(doc, scene.low, place)):
            yield place


# "consent?" and the answer of whoever answers: "[09:15] Jo: signed 10 min ago", "> yes".
_BELOW = re.compile(
    r"(?:\s(?:form|signed|done|in place))*\s?\?+[\s]{0,3}"
    r"(?:\n[^\n\w]{0,4}(?:\[?\d{1,2}:\d\d\]?\s?)?(?:[a-z]{1,15}(?:\s\([a-z ]{1,20}\))?\s?:\s?)?)?[>*\s-]{0,4}"
    r"(?:(?P<no>no(?!\s(?:problem|issue|idea|info|record|doubt|news|question))|nope|not\s(?:yet|signed|done|so far|"
    r"obtained)|unsigned|nothing\s(?:yet|signed))|(?P<yes>(?:yes|yep|yeah)(?:,?\s(?:signed|done))?|signed|"
    r"done))(?![a-z])"
)


def answered_below(scene: Scene, place: Place) -> Mention | None:
    """The answer behind a question for the form, in the same line or the next: "consent? - signed this morning"."""
    match = _BELOW.match(scene.low, place.end)
    if match is None:
        return None
    start, end = match.span("no") if match["no"] else match.span("yes")
    if match["no"] and re.match(
        r"\s(?:that|sure|known|certain|clear|documented|recorded|in the)", scene.low[end : end + 12]
    ):
        return None  # "not that I know"
    if re.match(r"\s(?:but|not|by|off|for|tomorrow|next|yet to)", scene.low[end : end + 12]) and not match["no"]:
        return None
    return Mention("icf_signed", match["no"] is None, start, end)


# Consent to an operation, in a letter: nothing in its sentence speaks of a study.
_OPERATION = re.compile(
    r"(?<![a-z])(?:risks?|benefits|alternatives|procedure|operation|operative|surgery|surgical|an[a]?esthe[a-z]*|"
    r"proceed|injection|incision|"
    r"transfusion|complications|bleeding|infection|elected)(?![a-z])"
)
_STUDY_NEAR = re.compile(
    r"(?<![a-z])(?:study|trial|icf|protocol|research|screening|randomi[a-z]*|enrol[a-z]*|participat[a-z]*)(?![a-z])"
)


def _of_operation(doc: Doc, low: str, place: Place) -> bool:
    """ "The risks of the procedure were explained and informed consent was obtained"."""
    begin, end = sentence_at(doc, place.start)
    before, _ = sentence_at(doc, max(0, begin - 3))
    if low.startswith("icf", place.start) or _STUDY_NEAR.search(low, before, end):
        return False
    return _OPERATION.search(low, before, end) is not None


_WAS_FOR = re.compile(
    r"(?<![a-z])(?:was|is|were)\s(?:only\s|just\s)?(?:for|about)\s(?=(?:the\s|an?\s|his\s|her\s)?[a-z])"
)


@cache
def _before_form(language: str) -> re.Pattern[str]:
    names = alternation(lexicon(language)["person"]["consent"]["other_form"])
    return re.compile(
        rf"(?<![a-z])(?:{names})(?:\s(?:trial|study))?['s]*\s(?:informed\s|written\s|"
        r"signed\s)?$"
    )


def _is_other(low: str, place: Place) -> bool:
    """Whether the words around the form's name make it the form of something else."""
    after = _PURPOSE.match(low, place.end)
    if after is not None:
        purpose = low[after.end() : after.end() + 40]
        return not _THIS_STUDY.match(purpose) or bool(_ANOTHER_STUDY.search(purpose))
    later = _WAS_FOR.search(low, place.end, min(place.stop, place.end + 80))
    if later is not None and not _THIS_STUDY.match(low, later.end()):
        return True
    return bool(_before_form("en").search(low[max(place.begin, place.start - 40) : place.start]))


def other_form_only(doc: Doc, scene: Scene, offset: int) -> bool:
    """Whether the sentence at an offset speaks of consent only for something other than this study."""
    begin, stop = sentence_at(doc, offset)
    places = [Place(*match.span(), begin, stop) for match in words("form").finditer(scene.low, begin, stop)]
    return bool(places) and all(_is_other(scene.low, place) for place in places)
