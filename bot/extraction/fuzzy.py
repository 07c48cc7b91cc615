"""Typing errors in long words of the trade: put right where exactly one word can have been meant.

One edit is allowed in words of 6 to 8 letters, two in longer ones (letters swapped count as one edit). A word that
is itself a known word is never touched, and a correction is only made where every other word is at least two edits
further away: "undiferentiated" is undifferentiated, "ndifferentiated" stays what it is, because one letter decides
between two diagnoses there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

SHORTEST = 6  # letters; shorter words differ by a single letter too often
LONG = 9  # letters from which two edits are allowed
MARGIN = 2  # edits by which the best word must beat the next one


class Speller:
    """Knows the words that may be restored (``vocabulary``) and real words that are left alone (``neighbours``)."""

    def __init__(self, vocabulary: Iterable[str], neighbours: Iterable[str] = ()) -> None:
        self.vocabulary = frozenset(word.lower() for word in vocabulary if len(word) >= SHORTEST)
        self.neighbours = frozenset(word.lower() for word in neighbours)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self.vocabulary | {word for word in self.neighbours if len(word) >= SHORTEST}):
            self._by_length.setdefault(len(word), []).append(word)

    def correct(self, word: str) -> str:
        """The word that was meant, or the word itself where that is not certain."""
        length = len(word)
        if length < SHORTEST or word in self.vocabulary or word in self.neighbours or not word.isalpha():
            return word
        allowed = 2 if length >= LONG else 1
        best, best_distance, next_distance = word, 99, 99
        for size in range(length - allowed - MARGIN + 1, length + allowed + MARGIN):
            for candidate in self._by_length.get(size, ()):
                distance = OSA.distance(word, candidate, score_cutoff=allowed + MARGIN)
                if distance < best_distance:
                    best, best_distance, next_distance = candidate, distance, best_distance
                elif distance < next_distance:
                    next_distance = distance
        if best_distance > allowed or next_distance - best_distance < MARGIN or best in self.neighbours:
            return word
        return best


_speller = Speller(())


def install(vocabulary: Iterable[str], neighbours: Iterable[str]) -> None:
    """Make these the words that ``correct`` restores; called once, when the lexicon is loaded."""
    global _speller
    _speller = Speller(vocabulary, neighbours)
    correct.cache_clear()


@lru_cache(maxsize=20_000)
def correct(word: str) -> str:
    """The word that was meant, by the installed speller."""
    return _speller.correct(word)
