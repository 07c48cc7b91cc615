"""Typing errors in the words about the person ("hysterectmy", "karnofksy"): put right before the finders read them.

The reader of terms has a speller of its own; this one serves the finders that work with patterns. The message is
written again with the words that were meant, read, and what is found is placed back in the message as it was sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, lru_cache

from rapidfuzz.distance import OSA
from spacy.tokens import Doc

from bot.extraction.layout import layout
from bot.extraction.lexicon import lexicon
from bot.extraction.mention import Mention, Scene
from bot.extraction.pipeline import parse

SHORTEST, LONG = 7, 11  # letters of a word in which one edit, and two edits, are put right
_WORD = re.compile(r"(?<![a-z0-9])[a-z]{5,24}(?![a-z0-9])")
_FIND = Callable[[Doc, Scene], Iterator[Mention]]


@cache
def _vocabulary(language: str) -> tuple[dict[int, tuple[str, ...]], frozenset[str], dict[str, str]]:
    """Words by length, words that are left alone, and swapped letters of shorter words with the word meant."""
    content = lexicon(language)["person"]["spelling"]
    words = {str(word) for word in content["restore"]}
    lengths: dict[int, list[str]] = {}
    for word in sorted(words):
        lengths.setdefault(len(word), []).append(word)
    swapped = {str(wrong): str(right) for right, wrongs in content["short"].items() for wrong in wrongs}
    return (
        {size: tuple(found) for size, found in lengths.items()},
        frozenset(words) | frozenset(str(word) for word in content["leave"]),
        swapped,
    )


@lru_cache(maxsize=20_000)
def meant(word: str, language: str = "en") -> str:
    """The word that was meant, or the word itself. The first letter must stand: a prefix turns a meaning round."""
    lengths, known, swapped = _vocabulary(language)
    if word in swapped:
        return swapped[word]
    if len(word) < SHORTEST - 1 or word in known:
        return word
    near: list[tuple[int, str]] = []
    for size in range(len(word) - 2, len(word) + 3):
        for candidate in lengths.get(size, ()):
            if candidate[0] == word[0]:
                distance = OSA.distance(word, candidate, score_cutoff=3)
                if distance <= (2 if len(candidate) >= LONG else 1):
                    near.append((distance, candidate))
    near.sort()
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return word
    return near[0][1]


def spelling_forgiven(find: _FIND) -> _FIND:
    """A finder that reads a message with typing errors as it was meant."""

    def find_forgiving(doc: Doc, scene: Scene) -> Iterator[Mention]:
        edits = [(match.span(), right) for match in _WORD.finditer(scene.low)
                 if (right := meant(match.group())) != match.group()]  # fmt: skip
        if not edits:
            yield from find(doc, scene)
            return
        text, places = _respelt(scene.text, edits)
        again = parse(text)
        inner = replace(scene, text=layout(again).plain, low=layout(again).low)
        for mention in find(again, inner):
            yield replace(mention, start=places[mention.start], end=places[max(mention.start, mention.end - 1)] + 1)

    return find_forgiving


def _respelt(text: str, edits: list[tuple[tuple[int, int], str]]) -> tuple[str, list[int]]:
    """The text with the words that were meant, and for every character of it the offset it has in the message."""
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for (start, end), right in edits:
        pieces += [text[at:start], right]
        places += range(at, start)
        places += [min(start + index, end - 1) for index in range(len(right))]
        places[-1] = end - 1
        at = end
    pieces.append(text[at:])
    places += range(at, len(text) + 1)
    return "".join(pieces), places
