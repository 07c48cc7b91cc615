"""Ages that are not the candidate's: a father's in a talk, those of the dead, of children, of what somebody owns."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from bot.extraction.en.persons import tells_of_himself, who_died
from bot.extraction.en.sex import candidate_sex
from bot.extraction.mention import Scene

# "I would be grateful for your opinion on this 59-year-old": a definite person, whatever would be.
THIS_ONE = re.compile(r"(?<![a-z])(?:this|our)\s(?:[a-z-]+\s){0,2}$")
_HE_OR_SHE = re.compile(r"(?P<who>he|she)(?:'s)?(?![a-z])")
_HE_WAS = re.compile(
    r"(?<![a-z])(?P<who>he|she)(?:'s|\sis|\swas|\shad\sbeen)\s(?:an?\s|only\s|just\s|about\s"
    r"|around\s|almost\s|in\s)*$"
)
_ONE_OF_SEVERAL = re.compile(
    r"(?<![a-z])(?:one|other|another|former|latter|oldest|youngest|eldest|older|younger|both|they|whose\s\w+)\s(?:is|was|are|were)\s(?:now\s)?$"
)
_OWNED = re.compile(r"(?<![a-z])(?:his|her|their|its|your|whose)\s(?:(?!own)[a-z]+\s)?$")
_A_CHILD = re.compile(
    r"[\s,-]{1,2}(?:(?!with|and|who|had|has|is)[a-z]+\s){0,2}(?:son|sons|daughter|daughters|child|children|kid|kids|brother|sister|grandson|"
    r"granddaughter|nephew|niece|twins|stepson|stepdaughter)(?![a-z])"
)
_HAS_ONE = re.compile(
    r"(?<![a-z])(?:i|we|he|she|patient|pt|who|parents|with)\s(?:(?:have|has|had|got"
    r"|lost)\s)?(?:an?|two|three|one|\d)\s(?:\w+\s)?$"
)


def of_somebody_else(doc: Doc, scene: Scene, match: re.Match[str], before: str) -> bool:
    """The father in a talk, somebody who died, "his 2-year-old dog", "I have a two-year-old son", her husband of 45."""
    start, end = match.span()
    pronoun = _HE_OR_SHE.match(scene.low, start) or _HE_WAS.search(before)
    if pronoun is not None:
        told = tells_of_himself(scene.low)  # "How old is your father?" - "He is 80."
        other = candidate_sex(doc, scene) == ("female" if pronoun["who"] == "he" else "male")
        if told or other or pronoun["who"] in who_died(scene.low):
            return True
    owned = _OWNED.search(before) is not None and scene.low[start:end].rstrip(".").endswith(("old", "yo", "y/o"))
    if owned or _ONE_OF_SEVERAL.search(before):
        return True
    return _HAS_ONE.search(before) is not None and _A_CHILD.match(scene.low, end) is not None
