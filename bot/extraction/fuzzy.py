"""Typing errors in long words of the trade: put right where exactly one word can have been meant.

One edit is allowed in words of 6 to 8 letters, two in longer ones (letters swapped count as one edit). A word that
is itself a known word is never touched, and a correction is only made where every other word is at least two edits
further away (spellings of one and the same drug do not compete): "undiferentiated" is undifferentiated,
"ndifferentiated" stays what it is, because one letter decides between two diagnoses there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

SHORTEST = 6  # letters; shorter words differ by a single letter too often
LONG = 9  # letters from which two edits are allowed
MARGIN = 2  # edits by which the best word must beat the next one


class Speller:
    """Knows the words that may be restored and real words that are left alone (``neighbours``).

    ``inflections`` are left alone too, but do not compete: "responses" must not keep "responce" from being put right.
    vocabulary: word to what it means; spellings with one meaning do not make each other uncertain.
    """

    def __init__(
        self, vocabulary: Mapping[str, str], neighbours: Iterable[str] = (), inflections: Iterable[str] = ()
    ) -> None:
        self.vocabulary = {word.lower(): meaning for word, meaning in vocabulary.items() if len(word) >= SHORTEST}
        self.neighbours = frozenset(word.lower() for word in neighbours)
        self.inflections = frozenset(word.lower() for word in inflections)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(set(self.vocabulary) | {word for word in self.neighbours if len(word) >= SHORTEST}):
            self._by_length.setdefault(len(word), []).append(word)

    def correct(self, word: str) -> str:
        """The word that was meant, or the word itself where that is not certain."""
        length = len(word)
        if length < SHORTEST or word in self.vocabulary or not word.isalpha():
            return word
        if word in self.neighbours or word in self.inflections:
            return word
        allowed = 2 if length >= LONG else 1
        near: list[tuple[int, str]] = []
        for size in range(length - allowed - MARGIN + 1, length + allowed + MARGIN):
            for candidate in self._by_length.get(size, ()):
                distance = OSA.distance(word, candidate, score_cutoff=allowed + MARGIN)
                if distance < allowed + MARGIN:
                    near.append((distance, candidate))
        if not near:
            return word
        distance, best = min(near)
        meaning = self.vocabulary.get(best)
        if distance > allowed or meaning is None:
            return word
        rivals = [other for other, candidate in near if self.vocabulary.get(candidate) != meaning]
        return word if rivals and min(rivals) - distance < MARGIN else best


_speller = Speller({})


def install(vocabulary: Mapping[str, str], neighbours: Iterable[str], inflections: Iterable[str]) -> None:
    """Make these the words that ``correct`` restores; called once, when the lexicon is loaded."""
    global _speller
    _speller = Speller(vocabulary, neighbours, inflections)
    correct.cache_clear()


@lru_cache(maxsize=20_000)
def correct(word: str) -> str:
    """The word that was meant, by the installed speller."""
    return _speller.correct(word)
