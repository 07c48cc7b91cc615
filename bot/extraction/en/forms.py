"""Forms: a heading with its answer beside it ("ICF signed: No", "PD1_GIVEN=0", "Pregnant? N").

A cell is a question and what was filled in. The answer alone decides; the words of the heading state nothing, so every
mention that rests on them is dropped: "ICF signed:" was left empty, "PD-1 given: unknown" is not known. Only headings
that name a fact make a cell (data/lexicon/en/labels.yml); "Plan: ..." and "History: ..." are prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from spacy.tokens import Doc

from bot.extraction.en.form_answers import NOT_YET, Filled, Kind, filled_in, in_column
from bot.extraction.en.form_labels import LONGEST, NOTHING, WORDS, Heading, heading
from bot.extraction.grammar import AnswersOf
from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import cue_at, qualify
from bot.extraction.quick import quick

# Between heading and answer. The first kind shows a cell whatever stands behind it; the others only before yes or no.
_SEPARATOR = quick(
    r"(?P<strong>\s{0,3}\"?\s{0,3}(?:[:=?]|-{1,2}>|=>)[ :=?>|\"_-]*(?:\.{3,}|_{2,})?[ \"]*)"
    r"|(?P<weak>\s{0,3}(?:\.{3,}|_{3,}) *| {1,3}[->] +| {2,})"
)
_BOUNDARY = quick(r"[\n;,(|{\[]|(?<!(?<![a-z])no)[.!](?=\s)| / | - | {2,}")
_LAST = quick(r"[^\s,;]+$")
_SHORT = quick(r"[a-z]{1,3}|[\w./-]*\d[\w./-]*")  # "pr", "neg", "2026-11-16"
_ANSWER = 70  # characters that are read as an answer
_READ_AGAIN = 60  # cells of one message that are read on their own
_PERSON_IN_LABEL = frozenset({"partner_childbearing_potential"})
# What words of another kind beside the heading do not answer: "ICF signed: version 3", "partner fertile: vasectomy".
_NOT_BY_CONTENT = frozenset({
    "icf_signed", "therapy_adequate", "willing", "able", "contraception_agreed", "childbearing_potential",
    "partner_childbearing_potential",
})  # fmt: skip
_WHEN = quick(
    r"(?:on |in |since |dated )?(?:\d{1,2}[./ -](?:\d|[a-z])|(?:19|20)\d\d|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s\d)"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """start, stop: the label. answer, end: what stands beside it, to the end of the field. weak: only blanks, a dash or
    dots lie between, so that prose is no cell."""

    heading: Heading
    start: int
    stop: int
    answer: int
    end: int
    weak: bool


def cells(low: str) -> list[Cell]:
    """The cells of a lower-case text, in order."""
    found = sorted([*_separated(low), *_bare_lines(low)], key=lambda cell: (cell.start, cell.weak))
    kept: list[Cell] = []
    for cell in found:
        if not kept or cell.start >= kept[-1].answer:
            kept.append(cell)
    return [
        replace(cell, end=min(cell.end, after.start)) if after is not None else cell
        for cell, after in zip_longest(kept, kept[1:])
    ]


def _separated(low: str) -> Iterator[Cell]:
    """Labels in front of a sign that separates."""
    begin = 0
    answering = False  # behind a heading stands its answer, which is no heading itself: "Response | PR | Line | 1"
    nested = _nested(low)
    for match in _SEPARATOR.finditer(low):
        first = max(begin, match.start() - LONGEST)
        cut = first
        for boundary in _BOUNDARY.finditer(low, first, match.start()):
            if boundary.group() not in "([{" or ")" not in low[boundary.end() : match.start()].replace("]", ")"):
                cut = boundary.end()
        answer = answering and cut == begin and bool(low[begin : match.start()].strip())
        named = _behind_answer(low, begin, match) if answer else _named(low, cut, match)
        answering = named is not None
        if named is not None and not any(a <= named[0] < b for a, b in nested):
            start, known = named
            end = _field_end(low, match.end())
            yield Cell(
                known,
                start,
                match.start(),
                match.end(),
                end,
                match["weak"] is not None and not match["weak"].strip(" ->"),
            )
        begin = match.end()


def _behind_answer(low: str, begin: int, match: re.Match[str]) -> tuple[int, Heading] | None:
    """The label behind the answer of the cell before, with only a blank between: "PLAT=1 PD1=0", "sex: M PS: 1"."""
    words = low[begin : match.start()]
    for blank in list(re.finditer(r"(?<=\S) +(?=\S)", words))[:3]:
        first = words[: blank.start()].strip(" \"'")
        if in_column(first) or _SHORT.fullmatch(first) is not None:
            known = heading(words[blank.end() :])
            if known is not None:
                return begin + blank.end(), known
    return None


def _nested(low: str) -> list[tuple[int, int]]:
    """Where a record holds records within it, which are of something else: {"stage": "IVB", "earlier": [{...}]}."""
    spans: list[tuple[int, int]] = []
    depth = begin = 0
    for match in re.finditer(r"[{}]", low):
        depth = depth + 1 if match.group() == "{" else max(0, depth - 1)
        if depth == 2 and match.group() == "{":
            begin = match.start()
        elif depth == 1 and match.group() == "}":
            spans.append((begin, match.end()))
    return spans


def _named(low: str, cut: int, match: re.Match[str]) -> tuple[int, Heading] | None:
    """The label in front of a separator, with where it starts."""
    words = low[cut : match.start()]
    known = heading(words)
    start = cut + len(words) - len(words.lstrip())
    if known is None and "=" in match.group() and (last := _LAST.search(words)) is not None:
        start, known = cut + last.start(), heading(last.group())  # "PLAT=1 PD1=0"
    arrow = match.group().strip() == ">"
    if known is None or (arrow and not (known.closed or known.limited)):
        return None  # "lesions > 3" is a limit
    return start, known


@cache
def _line() -> re.Pattern[str]:
    return quick(rf"(?:^|(?<=[\n;]))(?P<label>[^\n;:=]{{2,{LONGEST}}})(?=[\n;]|$)")


def _bare_lines(low: str) -> Iterator[Cell]:
    """ "Willing No": a line, pasted from two columns, that is a heading and an answer and nothing else."""
    for match in _line().finditer(low):
        words = match["label"].rstrip(" .")
        for count in (1, 2, 3):
            parts = words.rsplit(" ", count)
            if len(parts) <= count or not parts[0].strip():
                break
            known = heading(parts[0])
            if known is not None and known.closed and in_column(" ".join(parts[1:]).strip()):
                start = match.start() + len(parts[0]) - len(parts[0].lstrip())
                stop = match.start() + len(parts[0].rstrip())
                yield Cell(known, start, stop, match.start() + len(parts[0]) + 1, match.end(), True)
                break


def _field_end(low: str, at: int) -> int:
    stops = [place for sign in ("\n", ";", " : ") if (place := low.find(sign, at, at + 200)) != -1]
    return min(stops, default=min(len(low), at + 200))


def fill_in(doc: Doc, scene: Scene, mentions: Sequence[Mention], again: AnswersOf) -> list[Mention]:
    """The mentions of a message once its forms are read: without those that rest on a heading, with the answers.

    again: reads the words of one answer on their own, as an answer to one fact.
    """
    kept = list(mentions)
    for count, cell in enumerate(cells(scene.low)):
        filled = filled_in(scene.low[cell.answer : cell.end], _below(scene.low, cell.end))
        if filled.kind is Kind.EMPTY and (cell.weak or not cell.heading.closed):
            continue
        if cell.weak and filled.kind is Kind.OTHER:
            continue
        if not cell.heading.closed and filled.kind in (Kind.YES, Kind.NO):
            filled = Filled(Kind.OTHER, 0)
        kept = _read_cell(doc, scene, cell, filled, kept, again if count < _READ_AGAIN else None)
    return kept


def _below(low: str, end: int) -> str:
    """The line under an empty cell."""
    stop = low.find("\n", end + 1)
    return low[end + 1 : len(low) if stop == -1 else stop] if low[end : end + 1] == "\n" else ""


def _read_cell(
    doc: Doc, scene: Scene, cell: Cell, filled: Filled, mentions: list[Mention], again: AnswersOf | None
) -> list[Mention]:
    """The mentions with one cell read."""
    facts = cell.heading.facts
    if filled.kind is Kind.OTHER:
        return _read_words(doc, scene, cell, mentions, again)
    end = cell.answer + filled.length
    if "icf_signed" in facts and NOT_YET.match(scene.low, cell.answer) is not None:
        return [m for m in mentions if m.value is not True or not _rests_on(m, cell, end)]
    meaning: object = NOTHING
    if filled.kind in (Kind.YES, Kind.NO):
        meaning = cell.heading.said[filled.kind is Kind.NO]
        if meaning == WORDS:
            return mentions
    # "able ?" asks, and its question stays
    kept = [m for m in mentions if not _rests_on(m, cell, end) or (filled.kind is Kind.EMPTY and m.doubt is not None)]
    if not _of_the_candidate(doc, cell):
        return kept
    if filled.kind is Kind.DOUBTFUL and cell.heading.closed:
        doubt = f'"{scene.text[cell.answer : end].strip()}" is not certain.'
        return [*kept, *(Mention(fact, None, cell.start, end, doubt, _options(cell)) for fact in facts)]
    if meaning == NOTHING:
        return kept
    return [*kept, *(Mention(fact, meaning, cell.start, end) for fact in facts)]


def _options(cell: Cell) -> tuple[object, ...]:
    return tuple(value for value in cell.heading.said if value not in (NOTHING, WORDS))


def _rests_on(mention: Mention, cell: Cell, end: int) -> bool:
    """Whether a mention has nothing but the cell behind it, or speaks of the fact that the cell settles."""
    inside = cell.start <= mention.start and mention.end <= end
    return inside or (mention.fact in cell.heading.facts and mention.start < end and cell.start < mention.end)


def _of_the_candidate(doc: Doc, cell: Cell) -> bool:
    meant = qualify(doc, cell.start, cell.answer)
    rule = cue_at(doc, "quoted_protocol", cell.start, cell.answer)
    # "WOCBP = FALSE" is shaped like a definition, and is none
    ruled = rule is not None and not (rule.cue_start < 0 and cell.start <= rule.start and rule.end <= cell.end)
    other = meant.other_person is not None and not _PERSON_IN_LABEL & set(cell.heading.facts)
    return not (ruled or other)


def _read_words(doc: Doc, scene: Scene, cell: Cell, mentions: list[Mention], again: AnswersOf | None) -> list[Mention]:
    """A cell with other words than yes, no or "not known" beside its heading."""
    facts = cell.heading.facts
    label_only = [m for m in mentions if cell.start <= m.start and m.end <= cell.stop]
    kept = [m for m in mentions if m not in label_only]
    if any(m.fact in facts and m.start < cell.end and cell.start < m.end for m in kept):
        return kept
    words = scene.text[cell.answer : min(cell.end, cell.answer + _ANSWER)].rstrip(" \"'{}[],|")
    if again is not None and _of_the_candidate(doc, cell):
        read = [m for m in again(words, facts[0], scene) if m.fact in facts]
        if read:
            return [*kept, *(replace(m, start=cell.start, end=cell.answer + m.end) for m in read)]
    # "Hysterectomy: 2018", "biopsy of metastasis: liver": filled in with when or where it was done
    by_content = _WHEN.match(scene.low, cell.answer) is not None or not _NOT_BY_CONTENT & set(facts)
    if by_content and "?" not in words and _told(doc, cell, len(words)):
        return mentions
    return kept


def _told(doc: Doc, cell: Cell, length: int) -> bool:
    """Whether the answer tells of what was, without a no, a doubt or a plan in it."""
    places = {cell.answer, min(cell.answer + length // 2, cell.end - 1), min(cell.answer + length, cell.end) - 1}
    meant = [qualify(doc, at, at + 1) for at in places]
    return not any(m.negated or m.uncertain or m.planned or m.hypothetical or m.unknown for m in meant)
