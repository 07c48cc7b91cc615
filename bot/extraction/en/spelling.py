"""Typing errors and lost blanks in long words, put right once before anything is read ("hysterectmy", "consentsigned").

The message is written again with the words that were meant, read, and what is found is placed back in the message as
it was sent. Only the words of data/lexicon/en/spelling.yml are restored; every word of the lexicon, and every plain
word that lies near one of them, stays as it is. Names of drugs and histological types have a speller of their own
(bot/extraction/fuzzy.py), because one letter can decide there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from bot.extraction.lexicon import lexicon
from bot.extraction.normalise import lower, normalise
from bot.extraction.placed import Placed
from bot.extraction.quick import quick

SHORTEST, LONG = 7, 11  # letters of a word in which one edit, and two edits, are put right
_STEM = 5  # letters in common that make two words forms of one ("metastases", "metastasis"): either will do
_WORD = quick(r"(?<![a-z0-9])[a-z]{4,40}(?![a-z0-9])")
_JOINED, _PART = 10, 4  # letters of two words run together, and of the shorter of them


@dataclass(frozen=True, slots=True)
class _Words:
    """restore: by first letter and length. known: never touched. long: one part of what was run together. swapped:
    short slips with the word meant."""

    restore: Mapping[tuple[str, int], tuple[str, ...]]
    known: frozenset[str]
    long: frozenset[str]
    swapped: Mapping[str, str]
    beginnings: frozenset[str]
    ends: frozenset[str]


@cache
def _words(language: str) -> _Words:
    content = lexicon(language)
    spelling = content["spelling"]
    every = {word for text in _texts(content) for word in re.findall(r"[a-z]{3,}", text.lower())}
    every |= {word.replace("iz", "is") for word in every}
    restore = {str(word) for word in spelling["restore"]}
    index: dict[tuple[str, int], tuple[str, ...]] = {}
    for word in sorted(restore):
        if len(word) >= SHORTEST:
            index[word[0], len(word)] = (*index.get((word[0], len(word)), ()), word)
    drugs = {str(name) for group in ("chemotherapy", "immunotherapy") for name in content["drugs"][group]}
    tumour = {word.strip() for word in str(content["histology"]["spelling"]["restore"]).split(",")}
    tumour |= {word.replace("iz", "is") for word in tumour}
    slips = {str(wrong): str(right) for right, wrongs in spelling["short"].items() for wrong in wrongs}
    return _Words(
        index,
        frozenset(every - slips.keys()) | restore | {str(word) for word in spelling["leave"]},
        frozenset(restore | {word for word in drugs | tumour if len(word) >= SHORTEST}),
        slips,
        frozenset(map(str, spelling["beginnings"])),
        frozenset(map(str, spelling["ends"])),
    )


def _texts(content: Any) -> Iterator[str]:
    """Every text in the lexicon, its keys too."""
    if isinstance(content, Mapping):
        for key, inner in content.items():
            yield str(key)
            yield from _texts(inner)
    elif isinstance(content, (list, tuple)):
        for inner in content:
            yield from _texts(inner)
    elif isinstance(content, str):
        yield content


@lru_cache(maxsize=20_000)
def meant(word: str, language: str = "en") -> str:
    """What was meant by a word in lower case: another word, two words, or the word itself."""
    words = _words(language)
    if word in words.swapped:
        return words.swapped[word]
    if len(word) < SHORTEST - 1 or word in words.known:
        return word
    near: list[tuple[int, str]] = []
    for size in range(len(word) - 2, len(word) + 3):
        for candidate in words.restore.get((word[0], size), ()):
            distance = OSA.distance(word, candidate, score_cutoff=2)
            if distance <= (2 if len(candidate) >= LONG else 1):
                near.append((distance, candidate))
    near.sort()
    if near:
        best = [candidate for distance, candidate in near if distance == near[0][0]]
        return best[0] if len({candidate[:_STEM] for candidate in best}) == 1 else word
    return _parted(word, words)


def plain_word(word: str, language: str = "en") -> bool:
    """Whether a word in lower case stands in the lexicon, and so is hardly anybody's name."""
    return word in _words(language).known


def _parted(word: str, words: _Words) -> str:
    """ "consentsigned" as "consent signed"; the word itself where it can be parted in no way, or in more than one."""
    if len(word) < _JOINED:
        return word
    cuts = []
    for at in range(_PART, len(word) - _PART + 1):
        first, second = word[:at], word[at:]
        if first in words.known and second in words.known and (first in words.long or second in words.long):
            cuts.append((first, second))
    if len(cuts) != 1 or cuts[0][0] in words.beginnings or cuts[0][1] in words.ends:
        return word
    return " ".join(cuts[0])


def respell(text: str, language: str = "en") -> Placed | None:
    """The message with its typing errors put right; None where there is none."""
    low = lower(normalise(text))
    words = ((match, meant(match.group(), language)) for match in _WORD.finditer(low))
    edits = [(match.span(), right) for match, right in words if right != match.group()]
    return _written(text, edits) if edits else None


def _written_like(wrong: str, right: str) -> str:
    if wrong.isupper():
        return right.upper()
    return right.capitalize() if wrong[0].isupper() else right


def _written(text: str, edits: list[tuple[tuple[int, int], str]]) -> Placed:
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for (start, end), right in edits:
        pieces += [text[at:start], _written_like(text[start:end], right)]
        places += range(at, start)
        blank = right.find(" ")
        places += [min(start + index - (0 <= blank < index), end - 1) for index in range(len(right))]
        places[-1] = end - 1
        at = end
    pieces.append(text[at:])
    places += range(at, len(text) + 1)
    return Placed("".join(pieces), tuple(places))
