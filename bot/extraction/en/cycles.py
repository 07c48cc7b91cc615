"""Cycles of the chemotherapy that were given. Doses of an antibody, planned cycles and vertebra C6 are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from bot.extraction.en.cycle_forms import beside_patterns, free_patterns, number
from bot.extraction.en.cycle_numbers import HIGHEST, by_number
from bot.extraction.en.doses import beyond
from bot.extraction.en.drugs import CHEMOTHERAPY, IMMUNOTHERAPY
from bot.extraction.en.given import judged
from bot.extraction.en.numbers import small_number
from bot.extraction.en.terms import after, before, sentence
from bot.extraction.mention import Mention, Scene, if_any
from bot.extraction.qualifiers import cue_at, qualify
from bot.extraction.quick import quick

FACT = "chemo_cycles"
_GIVEN = quick(r"\b(?:after|completed|received|finished|had|following|post)\b")
_SWITCHED = quick(
    r"(?<![a-z])(?:switch|chang|swap|convert|replac)(?:e|ed|ing|ped|"
    r"es)?\s(?:\w+\s){0,2}?(?:to|by|with|for|from)(?![a-z])"
)
_OF_PLANNED = quick(rf"\s(?:of|/|out\sof)\s(?:the\s|a\s)?(?:planned\s|scheduled\s|intended\s)?{number()}(?![\w.])")
_NUMBERED = quick(r"(?<![a-z])(?:cycles?|courses?|c)\s?$")
_OR_ANOTHER = quick(rf"\s?(?:or|maybe|possibly|perhaps)\s(?:even\s|only\s)?(?P<n>{number()})(?![\w.])")
_EXPECTED = quick(
    r"\b(?:expect|expects|aim\w*|will have|would|hop\w+|should have)\b(?:(?!\b(?:but|got|only|"
    r"received)\b)[^.;,\n]){0,40}$"
)
# What a denial must not reach across: "no prior chemo before GP x6"
_NEW_STATEMENT = quick(r"(?<![a-z])(?:before|after|then|since|and|but|had|received|got)(?![a-z])|[,;.]")
_LIMIT = quick(
    r"(?:(?<!-)>|<|≥|≤|>=|<=|=>|more than|less than|at least|up to|over|at most|minimum|maximum)\s?(?:of\s)?$"
)
_TEXT = {
    "range": "the number of cycles is a range; how many were given?",
    "open": "the number of cycles is only a limit; how many were given?",
    "sum": "cycles are given for two parts of the chemotherapy; how many were there in all?",
    "part": "the chemotherapy was changed on the way; how many cycles were there in all?",
    "doubt": "the number of cycles is given with a doubt",
}
_Place = tuple[str, int, int]  # kind of drug, start, end


@dataclass(frozen=True, slots=True)
class _Number:
    """The number of a matched count: its words, the upper end of a range, "of six planned", and where it stands."""

    low: str
    high: str | None
    of_planned: bool
    low_start: int
    start: int
    end: int


def _read(match: re.Match[str], shift: int = 0) -> _Number:
    """The number out of a match whose groups may carry a 2 (a second way to write the same)."""
    groups = match.groupdict()
    name = "low" if groups.get("low") is not None else "low2"
    return _Number(
        match[name],
        groups.get("high") or groups.get("high2"),
        groups.get("of") is not None,
        shift + match.start(name),
        shift + match.start(),
        shift + match.end(),
    )


# Words between drugs of one course: "GP regimen chemotherapy combined with PD-1 inhibitor (sintilimab)".
_ONE_COURSE = quick(
    r"(?:[\s()+/&,*-]|and|plus|with|combined|combination|in|together|regimen|chemo\w*|"
    r"doublet|pd-?1|anti|inhibitors?|antibod(?:y|ies)|mab|immuno\w*|"
    r"therapy|treatment|iv|the|an?|protocol|based)*"
)


def _stretches(scene: Scene, given: list[_Place]) -> list[tuple[set[str], int, int]]:
    """Drugs that are joined to each other, with the kinds in each stretch."""
    found: list[tuple[set[str], int, int]] = []
    for kind, start, end in given:
        if found and start - found[-1][2] <= 60 and _ONE_COURSE.fullmatch(scene.low[found[-1][2] : start]):
            found[-1] = (found[-1][0] | {kind}, found[-1][1], end)
        else:
            found.append(({kind}, start, end))
    return found


def cycles(doc: Doc, scene: Scene, given: list[_Place]) -> Iterator[Mention]:
    """The mention of ``chemo_cycles``; ``given`` are the drugs of the regimen (kind, start, end)."""
    counts = [*_beside_drugs(doc, scene, given)]
    taken = [(count.start, count.end) for count in counts]
    counts.extend(
        count
        for count in _on_their_own(doc, scene, given)
        if not any(count.start < end and start < count.end for start, end in taken)
        and not _near_antibody(scene, given, count)
    )
    if not counts:
        chemo = any(kind == CHEMOTHERAPY for kind, _, _ in given)
        counts = list(by_number(doc, scene, chemo, lambda found: _mention(doc, scene, _read(found), *found.span())))
    if _SWITCHED.search(scene.low):
        # "GP changed to GC after 2 cycles": the number belongs to one part of the course
        total = [count for count in counts if _in_all(scene, count)]
        counts = total or [count if (count.start, count.end) in taken else _as_part(count) for count in counts]
    if rest := _rest_of_course(scene, counts):
        yield rest
        return
    counts = _last_of_several(scene, counts)
    values = {count.value for count in counts if count.value is not None}
    if len(values) > 1 and re.search(
        r"\b(?:then|switch\w*|followed|changed|and)\b|>|\+", scene.low[counts[0].end : counts[-1].start]
    ):
        whole = sum(int(str(value)) for value in values)
        yield Mention(
            FACT, None, counts[0].start, counts[-1].end, _TEXT["sum"], (*sorted(values, key=str), whole), rank=1
        )
        return
    yield from counts


def _mention(doc: Doc, scene: Scene, number: _Number, start: int, end: int) -> Mention | None:
    """A count as a mention, or None where the cycles were not given to this patient."""
    context = qualify(doc, number.start, number.end)
    if context.foreign or context.other_cancer:
        return None
    if _EXPECTED.search(before(scene.text, number.start, 60)):
        return None
    cue = cue_at(doc, "planned", number.start, number.end)
    if (
        cue is not None
        and not (number.of_planned or _OF_PLANNED.match(after(scene.text, number.end, 30)))
        and not judged(scene, cue)
        and not _GIVEN.search(scene.low[min(cue.cue_end, number.start) : number.start])
    ):
        return None
    low = small_number(number.low)
    no = cue_at(doc, "negated", number.start, number.end) if context.negated else None
    negated = no is not None and _NEW_STATEMENT.search(scene.low, min(no.cue_end, number.start), number.start) is None
    if no is not None and judged(scene, no):
        negated = False
    if low is None or low > HIGHEST or (negated and low != 0 and not scene.low.startswith("no", number.start)):
        return None
    if _LIMIT.search(before(scene.text, number.low_start, 16)):
        return Mention(FACT, None, start, end, _TEXT["open"])
    other = _OR_ANOTHER.match(after(scene.text, number.end, 16))
    if other is not None and (second := small_number(other["n"])) not in (None, low):
        return Mention(FACT, None, start, end, _TEXT["range"], (low, second))
    if number.high is not None:
        top = small_number(number.high)
        if low == 1 and top is not None and _NUMBERED.search(before(scene.text, number.low_start, 16)):
            return Mention(FACT, top, start, end)  # "cycles 1-4 complete" are four
        return (
            Mention(FACT, None, start, end, _TEXT["range"], (low, top))
            if top != low
            else Mention(FACT, low, start, end)
        )
    cue = cue_at(doc, "uncertain", number.start, number.end)
    beside = cue is not None and number.low_start - 4 <= cue.cue_end <= number.low_start
    if beside or scene.text[number.end : number.end + 1] == "?":
        return Mention(FACT, None, start, end, _TEXT["doubt"], (low,))
    return Mention(FACT, low, start, end)


def _beside_drugs(doc: Doc, scene: Scene, given: list[_Place]) -> Iterator[Mention]:
    """ "GP x6", "GP + tori 4 cycles", "6 cycles of gemcitabine/cisplatin"."""
    behind, ahead = beside_patterns()
    for kinds, start, end in _stretches(scene, given):
        if CHEMOTHERAPY not in kinds:
            continue
        found = behind.match(scene.low, end) or behind.match(scene.low, beyond(scene.low, end))
        if found:
            yield from if_any(_mention(doc, scene, _read(found), start, found.end()))
            continue
        ahead_of_it = before(scene.text, start, 24)
        told = _JUST_BEFORE.search(ahead_of_it)
        if told and (scene.asked == FACT or _TOLD.search(ahead_of_it[: told.start()])):
            yield from if_any(_mention(doc, scene, _read(told, start - len(ahead_of_it)), start, end))
            continue
        window = max(0, start - 70)
        before_it = ahead.search(scene.low[window:start])
        if before_it:
            number_before = _read(before_it, window)
            yield from if_any(_mention(doc, scene, number_before, number_before.start, end))


# "6 GP", "six of gem/cis" once the number was asked for, or behind a word that tells of treatment
_TOLD = quick(
    r"(?:(?<![a-z])(?:had|has\shad|got|given|received|after|following|completed|finished|her|his|all)|[:\]>])\s?$"
)
_JUST_BEFORE = quick(rf"(?<![\w.,/-])(?P<low>{number()})\s(?:of\s|x\s)?$")


_EXERCISE = quick(r"\b(?:bike|exercise|ergometer|ivf|laundry|rinses?|gym)\b")
_OF = quick(
    r"\s?of\s(?:(?:the|his|her|this|that|a|an|full|dose|standard|iv|intravenous|q3w|three|weekly)\s)*(?P<what>[\w-]+)"
)
_CHEMO_WORD = quick(
    r"(?:chemo|immunochemo|ic(?![a-z])|induction|neoadjuvant|treat|therap|system|palliat|platin|doublet|"
    r"combination|regimen|protocol|cytotoxic|first|front|1l|1st|gp|tp|"
    r"pf|gc|it|them|these|both|each|that|which|six|four|five|three|two|\d|same)"
)


def _of_something_else(scene: Scene, end: int, places: list[_Place]) -> bool:
    """Whether the words go on with what was given, and it was no chemotherapy ("2 courses of antibiotics")."""
    match = _OF.match(scene.low, end, end + 50)
    if match is None:
        return False
    kind = next(
        (kind for kind, start, stop in places if start <= match.end("what") and match.start("what") < stop), None
    )
    if kind is not None:
        return kind == IMMUNOTHERAPY
    if _CHEMO_WORD.match(match["what"]) is None:
        return True
    # "after five courses of treatment" where an antibody alone was told
    kinds = {kind for kind, _, _ in places}
    return IMMUNOTHERAPY in kinds and CHEMOTHERAPY not in kinds and match["what"] in ("treatment", "therapy")


def _on_their_own(doc: Doc, scene: Scene, places: list[_Place]) -> Iterator[Mention]:
    """ "6 cycles of chemo", "chemo x6", "IC x3", "cycles: 6", "completed 4/6 cycles"."""
    for pattern in free_patterns():
        for match in pattern.finditer(scene.low):
            behind, ahead = after(scene.text, match.end(), 30), before(scene.text, match.start(), 30)
            if not re.search(
                r"cyc|course|chemo|induction|\bgp\b|\btp\b|cis\b|platin|\bic\b|doublet|周期|疗程|gp|tp",
                match.group() + behind,
            ) and not _in_talk_of_cycles(scene, match.start(), places):
                continue
            if _of_something_else(scene, match.end(), places) or _EXERCISE.search(behind):
                continue
            if re.match(
                r"^\s?(?:of\s)?(?:maintenance|concurrent|adjuvant|rt\b|radio|capecitabine|pd-?1|anti|"
                r"immuno(?!-?chemo)|menstr|ivf|planned|to go|remaining|left|later|scheduled|ago|per\b|"
                r"apart|interval|delay)",
                behind,
            ):
                continue
            if re.search(
                r"(?:menstrual|maintenance|concurrent|adjuvant|every|next|another|further|remaining|"
                r"pd-?1|limab|lizumab|last|plan\w*(?: for)?|than)\s(?:\w+\s)?$|"
                r"(?<![a-z])(?:in|during|with|over)\sthe\sfirst\s$",  # "nausea in the first two cycles"
                ahead,
            ):
                continue
            yield from if_any(_mention(doc, scene, _read(match), match.start(), match.end()))


_TOTAL_BEHIND = quick(r"\s?(?:of\s\w+\s)?,?\s?(?:in\s(?:all|total)|altogether|all\stogether|overall|total)(?![a-z])")
_TOTAL_AHEAD = quick(r"(?<![a-z])(?:total|altogether|in\sall|all\stogether|sum)(?:\sof)?[\s:=,]{1,2}$")


def _in_all(scene: Scene, count: Mention) -> bool:
    """ "6 cycles in all": the whole course, whatever was changed on the way."""
    return bool(
        _TOTAL_BEHIND.match(after(scene.text, count.end, 24))
        or _TOTAL_AHEAD.search(before(scene.text, count.start, 20))
    )


def _as_part(count: Mention) -> Mention:
    options = count.options if count.value is None else (count.value,)
    return Mention(FACT, None, count.start, count.end, _TEXT["part"], options)


_THE_REST = quick(
    r"(?<![a-z])(?:then|switch\w*|chang\w*|replac\w*|instead of|followed by|convert\w*|swap\w*)\b[^.;\n]{0,50}?"
    rf"(?:(?:last|final|remaining|further|another|next|other|rest)\s(?P<a>{number()})|"
    rf"(?P<b>{number()})\s(?:more|further|others?))"
    r"(?!\s?(?:weeks?|days?|months?|years?|visits?|scans?|doses?|ct|pet))(?![a-z0-9])"
)


def _rest_of_course(scene: Scene, counts: list[Mention]) -> Mention | None:
    """ "GP x4, then carboplatin for the last 2": four may be all or only the first part."""
    valued = [count for count in counts if count.value is not None]
    match = _THE_REST.search(scene.low, valued[0].start) if valued else None
    if match is None:
        return None
    first, more = int(str(valued[0].value)), small_number(match["a"] or match["b"])
    options = (first,) if more is None else (first, first + more)
    return Mention(FACT, None, valued[0].start, match.end(), _TEXT["part"], options, rank=1)


def _last_of_several(scene: Scene, counts: list[Mention]) -> list[Mention]:
    """ "SD after 3 cycles, PR after 6": points in time, not courses; the latest is the number given so far."""
    points = [
        count
        for count in counts
        if re.search(r"(?:after|at|post|following)\s(?:the\s)?$", before(scene.text, count.start, 14))
        or scene.low.startswith(("after", "following"), count.start)
    ]
    if len(points) < 2 or any(count.value is None for count in points):
        return counts
    latest = max(points, key=lambda count: int(str(count.value)))
    return [count for count in counts if count not in points] + [latest]


def _in_talk_of_cycles(scene: Scene, start: int, places: list[_Place]) -> bool:
    """Whether a bare number ("6 cycles planned, 4 received") stands in a sentence about cycles, not doses or pills."""
    first, last = sentence(scene.text, start)
    words = scene.low[first:last]
    told = any(kind == CHEMOTHERAPY and first <= begin < last for kind, begin, _ in places)
    return (
        told or bool(re.search(r"(?<![a-z])(?:cycles?|courses?|gp|tp|chemo\w*)(?![a-z])", words))
    ) and not re.search(r"doses?|fractions?|visits?|lesions?", words)


def _near_antibody(scene: Scene, given: list[_Place], count: Mention) -> bool:
    """Whether a count belongs to an antibody alone ("6 cycles of toripalimab", "tori 8 cycles")."""
    for kinds, start, end in _stretches(scene, given):
        if CHEMOTHERAPY in kinds or IMMUNOTHERAPY not in kinds:
            continue
        if count.end <= start and re.fullmatch(r"\s?(?:of|with)?\s?", scene.low[count.end : start]):
            return True
        if end <= count.start and re.fullmatch(r"[\s,(:x*]{0,3}(?:for |q3w )?", scene.low[end : count.start]):
            return True
    return False
