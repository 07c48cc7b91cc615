"""Numbers behind their label: "the number of cycles is 4", "cycles: 4", "edition is 9", "number of lesions = 5"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from bot.extraction.mention import Mention, Scene
from bot.extraction.qualifiers import qualify
from bot.extraction.quick import quick

_IS = r"\s{0,2}(?:is|are|was|were|[:=])\s{0,2}"
_NUMBER = (
    r"(?P<n>\d{1,3})(?![\d.,/%-]*\d|"
    r"\s?(?:-|to|or|mm|cm|mg|gy|days?|weeks?|months?|years?|sites?|organs?|%|\?)(?![a-z]))"
)
_START = (
    r"(?:^|(?<=[,;.:(\n])|(?<=[,;.:(]\s)|"
    r"(?<![a-z])(?:the|sorry|correction|and|that|number of|no of|no\. of|count of)\s)"
)
_GIVEN = r"(?:\s(?:given|received|completed|done|of chemo\w*))?"
_LABELS = {
    "chemo_cycles": rf"{_START}(?:total\s)?(?:chemo(?:therapy)?\s)?cycles{_GIVEN}",
    "metastatic_lesion_count": (
        rf"{_START}(?:distant\s|metastatic\s)?(?:lesions|lesion count|mets|metastases)(?:\sin total)?"
    ),
    "staging_edition": r"(?<![a-z])(?:staging\s|ajcc\s|uicc\s|tnm\s)*edition",
}
_PATTERNS = {fact: quick(label + _IS + _NUMBER) for fact, label in _LABELS.items()}


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """Numbers that a label names; a finder that reads more of the words outranks them."""
    for fact, pattern in _PATTERNS.items():
        for match in pattern.finditer(scene.low):
            if qualify(doc, match.start("n"), match.end("n")).plain and qualify(doc, match.start(), match.end()).plain:
                yield Mention(fact, int(match["n"]), match.start(), match.end("n"), rank=-1)
