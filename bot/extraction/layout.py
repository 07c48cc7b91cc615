"""What the pipeline leaves on a document: its sentences, the breaks inside them, and how far every cue reaches.

layout(doc).sentences: list of (start, end) character offsets. layout(doc).breaks: sorted list of (offset,
kind), kind one of "sentence", "semicolon", "comma", "but", "and", "bracket" ...: where the reach of a
negation or of a relative may end. A language says by its grammar where they lie.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

from bot.extraction.normalise import lower

_KEY = "candid_layout"  # in Doc.user_data: read some thousand times per note, so not through Doc._


@dataclass(slots=True)
class Layout:
    """What the pipeline components found on a document, by character offsets.

    reaches: kind of cue to its Intervals. meant: the Qualifiers of places already looked up.
    """

    plain: str
    low: str
    sentences: list[tuple[int, int]]
    breaks: list[tuple[int, str]]
    reaches: Mapping[str, Any] = field(default_factory=dict)
    meant: dict[tuple[int, int], Any] = field(default_factory=dict)


def layout(doc: Doc) -> Layout:
    """The layout that the pipeline left on the document."""
    found: Layout = doc.user_data[_KEY]
    return found


def lay_out(doc: Doc, sentences: list[tuple[int, int]], breaks: list[tuple[int, str]]) -> None:
    """Leave the layout on a document; sentences and breaks as `Layout` has them."""
    text = doc.text
    doc.user_data[_KEY] = Layout(text, lower(text), sentences, breaks)


def sentence_at(doc: Doc, offset: int) -> tuple[int, int]:
    """The (start, end) of the sentence that holds a character offset."""
    here = layout(doc)
    index = bisect_right(here.sentences, (offset, len(here.plain) + 1)) - 1
    return here.sentences[index] if index >= 0 else (0, len(here.plain))


def clause_at(
    doc: Doc, offset: int, kinds: frozenset[str] = frozenset({"semicolon", "comma", "but"})
) -> tuple[int, int]:
    """The (start, end) of the clause that holds an offset: the sentence cut at breaks of the given kinds."""
    begin, end = sentence_at(doc, offset)
    found = layout(doc).breaks
    index = bisect_left(found, (offset, ""))
    for at, kind in reversed(found[max(0, index - 60) : index]):
        if at < begin:
            break
        if kind in kinds:
            begin = at + 1
            break
    for at, kind in found[index : index + 60]:
        if at >= end:
            break
        if kind in kinds and at > offset:
            end = at
            break
    return begin, end
