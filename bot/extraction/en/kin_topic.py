"""Sentences that go on about a relative: "The brother came too. He is 58 and has ECOG 0."

A relative as the first noun of a sentence is its topic. Sentences that then open with the pronoun of the same sex, and
jottings behind an illness of the relative's, stay with the relative until another noun is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.extraction.lexicon import alternation, lexicon

_PRONOUN = re.compile(r"\W*(?:and\s|but\s|also\s|now\s)?(?P<word>he|she|his|her)(?:'s)?(?![a-z-])")
_SIGNED_FOR = re.compile(r"(?<![a-z])(?:consent|icf|signed)(?![a-z])")
_ILL = re.compile(
    r"(?<![a-z])(?:cancer|carcinoma|tumou?r|npc|lymphoma|leuk\w+|stage|chemo\w*|radiation|radiotherapy|subject\s\d+|metasta\w+)(?![a-z])"
)
_NOUN = re.compile(
    r"(?<![a-z])(?:pt|patient|candidate|subject|mrs?|ms|miss|man|woman|lady|gentleman|male|female)(?![a-z])|\d\d\s?[mf](?![a-z])"
)
_JOTTED = 8  # words of a sentence without a subject
_OPENING = 3  # words that may stand before the relative


@cache
def _topic(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The relative that opens a sentence, and the sex of each: "he" or "she"."""
    people = lexicon(language)["cues"]["people"].values()
    sexes = {word: "she" if person["she"] else "he" for person in people if "she" in person for word in person["words"]}
    words = alternation(word for word in sexes if word.isascii() and "'" not in word and " " not in word)
    return (
        re.compile(
            rf"\W*(?:(?:the|a|his|her|one|an|this|my|our|elder|older|younger|eldest|only|pt's|patient's|late|own)\s){{0,{_OPENING}}}"
            rf"(?P<kin>{words})(?!'s\s|\sof\s(?:two|three|four|one|\d))(?![a-z'-])"
        ),
        sexes,
    )


def of_kin(low: str, sentences: list[tuple[int, int]], language: str = "en") -> Iterator[tuple[int, int]]:
    """The (start, end) of every sentence that goes on about the relative of the sentence before it."""
    opening, sexes = _topic(language)
    topic: str | None = None
    ill = told = False
    for start, end in sentences:
        match = opening.match(low, start, end)
        if match is not None:
            topic, ill = sexes[match["kin"]], _ILL.search(low, start, end) is not None
            continue
        if topic is not None and _goes_on(low, start, end, topic, ill and not told):
            yield start, end
            continue
        topic = None
        told = told or _NOUN.search(low, start, end) is not None or _PRONOUN.match(low, start, end) is not None


def _goes_on(low: str, start: int, end: int, topic: str, ill: bool) -> bool:
    pronoun = _PRONOUN.match(low, start, end)
    if pronoun is not None:
        same = pronoun["word"] in (("he", "his") if topic == "he" else ("she", "her"))
        return same and _SIGNED_FOR.search(low, start, end) is None
    return ill and low.count(" ", start, end) < _JOTTED and _NOUN.search(low, start, end) is None
