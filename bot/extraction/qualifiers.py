"""Context, in one home: is a statement negated, doubted, planned, asked, quoted, past, or about somebody
else?

Cues come from the cues.yml of the language. The pipeline component of its grammar finds them once; every cue
becomes a reach, an interval of the text; ``qualify`` looks up the intervals that hold the start of some words. Work
grows linearly with the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

from bot.extraction.layout import layout


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """How the words at one place are meant.

    other_person names the relative ("wife", "mother", ...). quoted_protocol: the words speak of no one person or of
    another patient: criteria, definitions, reports of many, forms, made-up cases. unknown: the words say that this is
    not written down or not known ("no record of ICF").
    """

    negated: bool = False
    uncertain: bool = False
    hypothetical: bool = False
    planned: bool = False
    question: bool = False
    other_person: str | None = None
    historical: bool = False
    other_cancer: bool = False
    quoted_protocol: bool = False
    unknown: bool = False

    @property
    def foreign(self) -> bool:
        """The words do not state anything of this patient: a quotation, a question, an if, another person."""
        return self.quoted_protocol or self.question or self.hypothetical or self.other_person is not None

    @property
    def plain(self) -> bool:
        """The words state something of this patient, now or in the past, without negation or doubt."""
        return not (self.foreign or self.negated or self.uncertain or self.planned or self.other_cancer)


@dataclass(frozen=True, slots=True)
class Reach:
    """One cue and the characters it governs."""

    kind: str
    label: str
    start: int
    end: int
    cue_start: int
    cue_end: int


class Intervals:
    """Intervals of one kind, sorted by start, with the furthest end seen so far; a point look-up is short."""

    def __init__(self, reaches: Iterable[Reach]) -> None:
        self.reaches = sorted(reaches, key=lambda reach: reach.start)
        self.starts = [reach.start for reach in self.reaches]

    def at(self, start: int, end: int, limit: int = 40) -> Reach | None:
        """The nearest reach that holds the start of the words and whose cue is no part of the words themselves."""
        index = bisect_right(self.starts, start)
        for reach in reversed(self.reaches[max(0, index - limit) : index]):
            if reach.start <= start < reach.end and not (reach.cue_start < end and start < reach.cue_end):
                return reach
        return None


def cue_at(doc: Doc, kind: str, start: int, end: int | None = None) -> Reach | None:
    """The cue of one kind that governs the words at start, with its place, or None."""
    found: Intervals | None = layout(doc).reaches.get(kind)
    return found.at(start, start if end is None else end) if found else None


def qualify(doc: Doc, start: int, end: int) -> Qualifiers:
    """How the words between two character offsets are meant."""
    known = layout(doc).meant
    found: Qualifiers | None = known.get((start, end))
    if found is None:
        found = known[start, end] = _qualify(doc, start, end)
    return found


def _qualify(doc: Doc, start: int, end: int) -> Qualifiers:
    person = cue_at(doc, "other_person", start, end)
    return Qualifiers(
        negated=cue_at(doc, "negated", start, end) is not None,
        uncertain=cue_at(doc, "uncertain", start, end) is not None or _marked_with_question(doc, start, end),
        hypothetical=cue_at(doc, "hypothetical", start, end) is not None,
        planned=cue_at(doc, "planned", start, end) is not None,
        question=_in_question(doc, start),
        other_person=person.label if person else None,
        historical=cue_at(doc, "historical", start, end) is not None,
        other_cancer=cue_at(doc, "other_cancer", start, end) is not None,
        quoted_protocol=cue_at(doc, "quoted_protocol", start, end) is not None,
        unknown=cue_at(doc, "unknown", start, end) is not None,
    )


def _marked_with_question(doc: Doc, start: int, end: int) -> bool:
    """A question mark that touches the words: "?M1", "PR?", "M1 (?)"; not the one that ends a whole question."""
    text = layout(doc).plain
    if start > 0 and text[start - 1] == "?" and (start < 2 or text[start - 2] in " \n(,;/"):
        return True
    if text[end : end + 3] == "(?)" or text[end : end + 4] == " (?)" or text[end : end + 2] == "??":
        return True
    return text[end : end + 1] == "?" and not _in_question(doc, start)


def _in_question(doc: Doc, start: int) -> bool:
    """Whether the words stand in a stretch that asks."""
    return cue_at(doc, "question", start) is not None
