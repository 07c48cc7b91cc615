"""The words by which a message shows of whom it speaks, with their places; kinds as `speech` weighs them."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from bot.extraction.en import speech_shapes as shapes
from bot.extraction.en.checklist import rows
from bot.extraction.en.speech_shapes import after_no_letter
from bot.extraction.lexicon import alternation, lexicon, whole_words
from bot.extraction.quick import quick

RULE, CANDIDATE, GROUP, PROTOCOL, OTHER, ANCHOR = "rule", "candidate", "group", "protocol", "other", "anchor"
PATIENT = "patient"  # "the patient": the candidate, but the subject of criteria as well
REPORT = "report"  # goes with GROUP: claims its whole sentence from within brackets as well
NAMED = "named"  # goes with CANDIDATE: by name, or by age and sex, so that nobody else can go on being meant

Cue = tuple[int, str]
_Patterns = tuple[tuple[str, re.Pattern[str]], ...]
_OPENS = quick(r"(?:\A|[\n.;:])[\s*•-]{0,4}(?:\d\.\s)?(?=[a-z])")  # what stands before a word that opens a sentence
_WORD = quick(r"[a-z]+")
_LISTS = (
    (OTHER, ("others",)),
    (RULE, ("kinds_of_rule",)),
    (REPORT, ("studies",)),
    (GROUP, ("criteria", "generic")),
    (PROTOCOL, ("protocol",)),
    (ANCHOR, ("anchors",)),
    (CANDIDATE, ("candidate",)),
    (PATIENT, ("patient_words",)),
)
_FAR = 120  # characters looked at for the plural that an age belongs to
_SOME = r"(?:an?|one|some|two|three|somebody|someone)(?![a-z])"
_TOOK = r"(?:enrolled|had|has|took|reported|screened|included|accepted|randomi[sz]ed)"


class _Lists(dict[str, str]):
    """The lists of speech.yml as alternations, made when they are asked for."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.words = lexicon(language)["speech"]

    def __missing__(self, key: str) -> str:
        self[key] = rf"(?:{alternation(self.words[key])})"
        return self[key]


@cache
def _listed(language: str) -> tuple[dict[str, list[tuple[str, re.Pattern[str]]]], _Patterns]:
    """The plain lists of words, by their first word, and those that begin with no letter.

    One look at each word of a text instead of one pass over the text for each list.
    """
    words = lexicon(language)["speech"]
    by_first: dict[str, dict[str, list[str]]] = {}
    others: dict[str, list[str]] = {}
    for kind, keys in _LISTS:
        for phrase in (phrase for key in keys for phrase in words[key]):
            first = _WORD.match(phrase)
            home = by_first.setdefault(first.group(), {}) if first else others
            home.setdefault(kind, []).append(phrase)
    index = {
        first: [(kind, whole_words(phrases)) for kind, phrases in kinds.items()] for first, kinds in by_first.items()
    }
    return index, tuple((kind, whole_words(phrases)) for kind, phrases in others.items())


@cache
def _patterns(language: str) -> _Patterns:
    """The kinds and the shapes that show them."""
    one = _Lists(language)
    return (
        (OTHER, _others(one)),
        (RULE, _rules(one)),
        (REPORT, shapes.STATISTICS),
        (REPORT, shapes.COUNTED),
        (REPORT, shapes.CITED),
        (GROUP, _groups(one)),
        (GROUP, shapes.OF_MANY),
        *((GROUP, shape) for shape in shapes.AGE_LIMITS),
        (PROTOCOL, _protocol(one)),
        (PROTOCOL, shapes.NUMBERED_CRITERION),
        (ANCHOR, shapes.MET),
        (NAMED, shapes.AGE_AND_SEX),
        (NAMED, shapes.LABEL),
    )


@cache
def _openings(language: str) -> _Patterns:
    """The same for what counts at the head of a sentence or a line only."""
    one = _Lists(language)
    return (
        (
            OTHER,
            after_no_letter(rf"{one['fiction_heads']}(?:\s(?:for|of|from|in|no\.?|number|\d)[^:.\n]{{0,40}})?\s?:"),
        ),
        (RULE, after_no_letter(rf"{one['headings']}(?:\s\d)?\s?:")),
        (RULE, after_no_letter(rf"{one['commands']}\s(?!:)")),
        (NAMED, shapes.OPENS_WITH_PATIENT),
    )


def _rules(one: _Lists) -> re.Pattern[str]:
    """ "The patient must", "a subject with CR may", "any woman", "he/she"."""
    person = rf"(?:[a-z-]+\s)?{one['persons']}"
    kind = r"\s(?:with|who|whose|of|in whom|aged)(?![a-z])"
    return after_no_letter(
        rf"{one['persons']}(?:\s\([^)]{{1,12}}\))?\s(?:who\s)?{one['duties']}(?![a-z])",
        rf"{one['any_one']}\s{person}(?:'s|{kind})",
        rf"{one['any_one']}\s{one['persons']}(?![a-z])",
        rf"an?\s{person}{kind}(?=[^.;\n]{{0,120}}\s{one['modals']}(?![a-z]))",
        rf"(?:when|whenever|unless)\san?\s{one['persons']}(?![a-z])",
        rf"{one['nobody']}(?![a-z])",
        rf"(?<![^\n]){one['defined']}\s?=\s?[a-z]{{4,}}",
    )


def _groups(one: _Lists) -> re.Pattern[str]:
    """ "Patients", "this study aims"; not "54-year-old women" (a slip of the pen) and not "the patients choice"."""
    return after_no_letter(
        rf"(?<!year-old )(?<!year old ){one['groups']}(?!'|[a-z]|\s{one['not_groups']}(?![a-z]))",
        rf"{one['study_names']}\s{one['study_verbs']}(?![a-z])",
    )


def _protocol(one: _Lists) -> re.Pattern[str]:
    return after_no_letter(rf"{one['protocol_names']}\s(?:[a-z]+ly\s|only\s|also\s)?{one['protocol_verbs']}(?![a-z])")


def _others(one: _Lists) -> re.Pattern[str]:
    """ "A dummy patient", "last year's candidate", "site 4 enrolled", "we treated a man last year"."""
    return after_no_letter(
        rf"{one['fiction']}[\s-]{one['fiction_nouns']}(?![a-z])",
        # "here is the next one: ECOG 1" hands the candidate over
        rf"(?!(?:(?<=here is )|(?<=here's ))the\snext\s){one['elsewhere']}\s"
        rf"(?:[a-z-]+\s)?{one['somebody']}(?![a-z])",
        rf"(?:another|the other|one)\s(?:site|centre|center|hospital|team)\s{_TOOK}",
        rf"site \d+\s{_TOOK}",
        rf"(?:they|we|i|you)\s(?:[a-z]+ly\s|once\s)?{one['dealt']}\s{_SOME}(?=[^.;\n]{{0,80}}{one['back_then']}(?![a-z]))",
        rf"{one['back_then']},?\s(?:they|we|i)\s(?:[a-z]+\s)?{one['dealt']}\s{_SOME}",
        # "a candidate with keratinizing histology came last year, we said no"
        rf"(?:an?|one|some)\s(?:[a-z-]+\s)?{one['somebody']}\s[^.;\n]{{0,80}}(?:came|turned up|dropped out|"
        rf"screen-?failed|was turned|was sent|was rejected|was refused)\s[^.;\n]{{0,40}}{one['back_then']}",
        rf"(?:an?|one|some)\s(?:[a-z-]+\s)?{one['somebody']}\s[^.;\n]{{0,90}}(?:we|they|i)\s"
        r"(?:said no|had to (?:say no|decline|refuse|send)|turned (?:him|her|them))",
        rf"they\s{_TOOK}\s{_SOME}",
        rf"(?:the|our|a)\s{one['earlier']}\s{one['somebody']}\s(?:that\s|whom?\s)?(?:i|we)(?![a-z])",
    )


@cache
def heads(language: str, key: str) -> re.Pattern[str]:
    """A line that holds one of the headings and nothing else but signs, a number and a colon."""
    words = alternation(lexicon(language)["speech"][key])
    named = r"(?:inclusion|exclusion|eligibility|selection|entry) criteria(?:\s(?:for|of|in)\s[^:\n]{1,40})?"
    more = rf"|(?:[\w-]+\s){{0,4}}{named}" if key == "headings" else ""
    return quick(rf"[\s\W\d]*(?:{words}{more})(?![a-z])\s?(?::|\(|$)")


def cues(plain: str, low: str, language: str = "en") -> list[Cue]:
    """The (offset, kind) of every such word, sorted. plain is the text, low the same in lower case."""
    spans = [(*match.span(), kind) for kind, match in _matches(low, language) if not _seeming(plain, low, kind, match)]
    ruled = sorted((start, end) for start, end, kind in spans if kind == RULE)
    found: list[Cue] = []
    filled_in: list[tuple[int, int]] = []
    for start, end, kind in spans:
        if kind in (CANDIDATE, PATIENT) and _inside(ruled, start):
            continue  # "the patient must", "his or her"
        if kind == RULE and low[end - 1] == ":" and shapes.is_exact(low, end, low.find("\n", end)):
            filled_in.append((start, end))  # "Eligibility: age 63, ECOG 1"
            continue
        found += _named(start) if kind == NAMED else [(start, kind)]
        if kind == ANCHOR:
            found.append((start, NAMED))
        elif kind == REPORT:
            found.append((start, GROUP))
    found = [(at, kind) for at, kind in found if not _inside(filled_in, at)]
    found += _by_capitals(plain, low)
    for start, *_ in rows(low):
        found += _named(start)
    found += _scales(low)
    if low.count("%") > 1:
        found += [(match.start(), kind) for match in shapes.RATE.finditer(low) for kind in (GROUP, REPORT)]
    return sorted(_of_numbered(found, low, language))


def _matches(low: str, language: str) -> Iterator[tuple[str, re.Match[str]]]:
    index, unlettered = _listed(language)
    for word in _WORD.finditer(low):
        for kind, pattern in index.get(word.group(), ()):
            if (match := pattern.match(low, word.start())) is not None:
                yield kind, match
    for kind, pattern in (*unlettered, *_patterns(language)):
        for match in pattern.finditer(low):
            yield kind, match
    for head in _OPENS.finditer(low):
        for kind, pattern in _openings(language):
            if (match := pattern.match(low, head.end())) is not None:
                yield kind, match


def _seeming(plain: str, low: str, kind: str, match: re.Match[str]) -> bool:
    """Whether the words only look like the candidate: "(HE)", "patients 18 years old", "if all criteria are met"."""
    start, end = match.span()
    if kind == CANDIDATE:
        return shapes.in_capitals(plain, start, end)
    if kind in (RULE, GROUP, REPORT, OTHER) and shapes.is_his_entry(low, start, end):
        return True
    if kind == NAMED and shapes.AGE_OF_MANY.search(match.group()) is not None:
        return shapes.MANY_BEFORE.search(low, max(0, start - _FAR), start) is not None
    if kind == RULE and match.group().startswith(("if you", "you will", "you may")):
        return shapes.COURTESY_BEFORE.search(low, max(0, start - _FAR), start) is not None
    return kind == ANCHOR and shapes.CONDITION_BEFORE.search(low, max(0, start - _FAR), start) is not None


def _named(start: int) -> list[Cue]:
    return [(start, CANDIDATE), (start, NAMED)]


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether one of the sorted spans holds the offset; spans of one kind hardly overlap."""
    index = bisect_right(spans, (at, sys.maxsize)) - 1
    return index >= 0 and spans[index][0] <= at < spans[index][1]


def _by_capitals(plain: str, low: str) -> Iterator[Cue]:
    """Titles with a name, trials by their name, authors of a reference."""
    for match in shapes.TITLE.finditer(plain):
        yield from _named(match.start())
    for match in shapes.TRIAL.finditer(plain):
        if shapes.AS_IN.search(low, max(0, match.start() - 20), match.start()) is None:
            yield match.start(), PROTOCOL
    for match in shapes.AUTHORS.finditer(plain):
        yield from ((match.start(), GROUP), (match.start(), REPORT))


def _of_numbered(found: list[Cue], low: str, language: str) -> list[Cue]:
    """The cues; where a "participant 09" is spoken of, "the participant" is the candidate."""
    if shapes.NUMBERED.search(low) is None:
        return found
    his = {match.start() for match in _participant(language).finditer(low)}
    return [(at, CANDIDATE if kind == GROUP and at in his else kind) for at, kind in found]


@cache
def _participant(language: str) -> re.Pattern[str]:
    return whole_words([*lexicon(language)["speech"]["generic"], "participant"])


def _scales(low: str) -> Iterator[Cue]:
    """A rule at every grade of a scale that is explained grade by grade, and at the line that leads to the first."""
    meant = [match.start() for match in shapes.EXPLAINED.finditer(low)] if " = " in low else []
    if len(meant) > 1 or (" = " in low and shapes.EXPLAINED_IN_FULL.search(low) is not None):
        yield from ((at, RULE) for at in meant)
    table = {match.group(): match.start() for match in shapes.STAGE_ROW.finditer(low)}
    if len(table) >= shapes.ROWS_OF_A_TABLE:
        yield from ((at, RULE) for at in table.values())
    for pattern, least in shapes.SCALES:
        grades = [(match.start(1), match.group(1)) for match in pattern.finditer(low)]
        if len({grade for _, grade in grades}) < least:
            continue
        above = low.rfind("\n", 0, len(low[: grades[0][0]].rstrip(" \n-*•♦.")))
        yield above + 1, RULE
        yield from ((place, RULE) for place, _ in grades)
        if pattern in shapes.SCALES_OF_EXTENT:
            yield from ((match.start(), RULE) for match in shapes.M_EXPLAINED.finditer(low))
