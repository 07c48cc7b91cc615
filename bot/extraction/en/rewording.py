"""Corrections put plainly before they are read: "response should be PR, not CR" becomes "response is PR".

The finders then read the new value alone, and the value that is taken back cannot be mistaken for a second one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from bot.extraction.lexicon import alternation, lexicon, words_pattern
from bot.extraction.placed import Reworded

_NOT_OLD = re.compile(
    r"[\s,;-]*(?:\(|,)?\s*(?:and\s)?(?<![a-z])not\s(?P<old>(?:the\s|a\s|an\s)?[^\s,;.()]+(?:\s[^\s,;.()]+){0,2})\s*\)?"
    r"(?=\s*(?:[,;.!\n]|$))"
)
# "Cycles are 4 not 1", "PR not CR": without any word of correction both values must be of one kind.
_ALIKE = re.compile(
    r"(?:\d+(?:\.\d+)?|[cpns][rde]|c?m[01x][ab]?|c?t[0-4x]|c?n[0-3x]|i{1,3}[ab]?|iv[abc]?|positive|negative|pos|neg|"
    r"(?P<d>\d[\d/.-]+\d))"
)
# "ECOG was wrong, it is 1": the label keeps its place, the new value stands behind it.
_WAS_WRONG = re.compile(
    r"\s(?:was|is|were|are)\s(?:wrong|incorrect|mistaken|a\s(?:typo|mistake|slip|mistype))\s?[,;:.-]\s?"
    r"(?:(?:it|that|this|they)(?:'s|'re|\sis|\swas|\sare|\swere|\sshould\sbe)|should\sbe)\s(?!not?\s|wrong)"
)
# "ECOG 1 was wrong, should be 0" names the old value itself.
_VALUE_LAST = re.compile(rf"(?<![a-z0-9])(?:{_ALIKE.pattern}|(?:fe)?male|yes|no)%?\Z")
_LONGEST = 200  # characters; corrections are short messages


@cache
def _corrected_to(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{alternation(lexicon(language)['cues']['corrected_to'])})(?![a-z])")


def reword(text: str, low: str, states: Callable[[str], bool], language: str = "en") -> Reworded | None:
    """The correction in plain words, or None where the message is none.

    states(words) tells whether "not" before the words states something by itself: "not signed" does and stays, the
    "not CR" of "PR, not CR" does not and is dropped.
    """
    wrong = [m for m in _WAS_WRONG.finditer(low) if not _VALUE_LAST.search(low, 0, m.start())]
    if len(text) > _LONGEST or not (wrong or "not" in low or "should" in low):
        return None
    edits = [(*match.span(), " is ") for match in wrong]
    regions = [_around(low, *match.span()) for match in wrong]
    verbs = [v for v in _corrected_to(language).finditer(low) if not any(a <= v.start() < b for a, b, _ in edits)]
    cued = bool(verbs or words_pattern(language, "cues", "corrections", "words").search(low))
    for match in _NOT_OLD.finditer(low):
        begin = max(low.rfind(sign, 0, match.start()) for sign in ",;:.\n") + 1
        before = low[begin : match.start()].strip()
        if not before or not (cued or _alike(before.split()[-1], match["old"])):
            continue
        if states(low[match.start("old") : match.end("old")]):
            continue
        edits.append((*match.span(), ""))
        regions.append((begin, match.end()))
        edits.extend((*verb.span(), "is") for verb in verbs if begin <= verb.start() < match.start())
    return _edited(text, sorted(edits), tuple(regions)) if edits else None


def _around(low: str, start: int, end: int) -> tuple[int, int]:
    """The words between two signs that hold these offsets."""
    stops = (at for sign in ",;.\n" if (at := low.find(sign, end)) != -1)
    return max(low.rfind(sign, 0, start) for sign in ",;:.\n") + 1, min(stops, default=len(low))


def _alike(new: str, old: str) -> bool:
    return _ALIKE.fullmatch(new) is not None and _ALIKE.fullmatch(old) is not None


def _edited(text: str, edits: list[tuple[int, int, str]], regions: tuple[tuple[int, int], ...]) -> Reworded:
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for start, end, words in edits:
        pieces += [text[at:start], words]
        places += [*range(at, start), *([start] * len(words))]
        at = end
    pieces.append(text[at:])
    places += range(at, len(text))
    return Reworded("".join(pieces), tuple(places), regions)
