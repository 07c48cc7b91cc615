"""Checklists with the limit beside the label and the value behind it: "age 18-70: 54", "ECOG (0-1) | 1"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from bot.extraction.mention import Mention, Scene
from bot.extraction.quick import quick

_LIMIT = r"(?:[<>≥≤]=?\s?)?\d{1,3}(?:\s?(?:-|to|or|/)\s?\d{1,3})?(?:\s?(?:years|yrs|y))?"
# Columns come as colons: the pasted "Age | 18-70 | 54" is "Age : 18-70 : 54" here.
ROW = quick(
    rf"(?<![a-z])(?:(?P<label>age|ecog|ps|kps)(?:\s(?:ps|score|status))?[\s:(]{{1,4}}(?P<limit>{_LIMIT})\s?\)?\s?(?:[:?=]|-?>)\s{{0,3}}"
    r"(?P<number>\d{1,3})(?!\d|\.\d|\s?(?:-|to|or|/)\s?\d|\s?%)"
    r"|(?P<both>(?:cr|pr)\s?(?:/|or)\s?(?:pr|cr))\s?\)?\s?(?:[:?=]{1,2}|\??\s?-?>)\s{0,3}(?P<word>cr|pr|sd|pd)(?![a-z/]|\s?(?:or|/)))"
)
# What a form with boxes leaves once the boxes that were not ticked are blanked out: "Sex:            F".
_TICKED = quick(
    r"(?<![a-z])(?:ecog(?:\s(?:ps|score|status))?:? {3,90}(?P<ecog>[0-5])(?!\d|\s?[-/]|\.\d)"
    r"|(?:sex|gender):? {3,90}(?P<sex>female|male|f|m)(?![a-z])"
    r"|(?:overall\s|best\s)?response:? {3,90}(?P<response>cr|pr|sd|pd|ne)(?![a-z]))"
)
_SEXES = {"f": "female", "m": "male"}
_FACTS = {"age": "age_years", "ecog": "ecog", "ps": "ecog", "kps": "kps"}
_RANGE = quick(r"\d\D+\d|[<>≥≤]")


def rows(low: str) -> Iterator[tuple[int, int, str, object]]:
    """The (start, end, fact, value) in every such row and behind every ticked box of a lower-case text."""
    for match in ROW.finditer(low):
        if match["word"] is not None:
            yield match.start("word"), match.end("word"), "response", match["word"].upper()
        elif _RANGE.search(match["limit"]) is not None:
            yield match.start("number"), match.end("number"), _FACTS[match["label"]], int(match["number"])
    for match in _TICKED.finditer(low):
        fact = match.lastgroup or ""
        word = match[fact]
        value = int(word) if fact == "ecog" else _SEXES[word[0]] if fact == "sex" else word.upper()
        yield match.start(fact), match.end(fact), fact, value


def find(doc: Doc, scene: Scene) -> Iterator[Mention]:
    """The value of each row; what the same words mean to another finder is outranked."""
    for start, end, fact, value in rows(scene.low):
        yield Mention(fact, value, start, end, rank=1)
