"""Spelling, part of benchmarks/neighbours.py: Candid's speller beside plain thresholds on seeded misspellings."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.extraction import reader
from bot.extraction.fuzzy import Speller

SEED, MISSPELT = 7, 10  # misspellings made of each name and number of edits
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _misspelt(word: str, edits: int, chance: random.Random) -> str:
    """The word with letters left out, doubled, exchanged or swapped."""
    letters = list(word)
    for _ in range(edits):
        at, kind = chance.randrange(1, len(letters) - 1), chance.choice(["drop", "double", "other", "swap"])
        if kind == "drop":
            del letters[at]
        elif kind == "double":
            letters.insert(at, letters[at])
        elif kind == "other":
            letters[at] = chance.choice(_LETTERS)
        else:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


Corrector = Callable[[str], "str | None"]


def correctors(known: Mapping[str, str], neighbours: Iterable[str], inflections: Iterable[str]) -> dict[str, Corrector]:
    """Ways to say which drug a word means (None: none): by name."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import Levenshtein

    speller = Speller(known, neighbours, inflections)

    def candid(word: str) -> str | None:
        return speller.vocabulary.get(speller.correct(word))

    def ratio(least: float) -> Corrector:
        def correct(word: str) -> str | None:
            best = process.extractOne(word, known.keys(), scorer=fuzz.ratio, score_cutoff=least)
            return None if best is None else known[best[0]]

        return correct

    def levenshtein(most: int) -> Corrector:
        def correct(word: str) -> str | None:
            best = process.extractOne(word, known.keys(), scorer=Levenshtein.distance, score_cutoff=most)
            return None if best is None else known[best[0]]

        return correct

    return {
        "Candid's speller": candid,
        **{f"rapidfuzz ratio >= {least}": ratio(least) for least in (80, 85, 90)},
        **{f"nearest within {most} Levenshtein edit{'s' * (most > 1)}": levenshtein(most) for most in (1, 2)},
    }


def spelling(lines: Sequence[Mapping[str, Any]]) -> None:
    """(iv) Misspelt names: right, wrong; drugs the lexicon lacks; words of the lines that are no drug."""
    from bot.extraction import fuzzy
    from bot.extraction.en.terms import even_out

    reader().read("warm up")
    speller = fuzzy._speller
    known, neighbours, inflections = speller.vocabulary, speller.neighbours, speller.inflections
    chance = random.Random(SEED)
    made = [
        (w, n, _misspelt(w, n, chance))
        for w in sorted(known)
        for n in (1, 2)
        for _ in range(MISSPELT)
        if len(w) >= 6 + 3 * (n - 1)
    ]
    made = [(word, edits, text) for word, edits, text in made if text not in known]
    well = [line["text"].lower() for line in lines if "trap:typo" not in line.get("tags", ())]
    plain = {even_out(word) for text in well for word in re.findall(r"[a-z]{6,}", text)} - set(known)
    print(
        f"\n{len(known)} names; {len(made)} misspellings; {len(plain)} other words of the lines without typing errors."
    )
    print("\n| speller | 1 edit: right | wrong | 2 edits: right | wrong | unknown drug taken | other words taken |")
    print("|---|---|---|---|---|---|---|")
    alone = {name: {w: m for w, m in known.items() if m != name} for name in sorted(set(known.values()))}
    lacking = {name: correctors(rest, neighbours, inflections) for name, rest in alone.items()}
    for method, correct in correctors(known, neighbours, inflections).items():
        cells = []
        for edits in (1, 2):
            answers = [(known[word], correct(text)) for word, n, text in made if n == edits]
            right = sum(meant == answer for meant, answer in answers) / len(answers)
            wrong = sum(answer not in (None, meant) for meant, answer in answers) / len(answers)
            cells += [f"{100 * right:.1f} %", f"{100 * wrong:.2f} %"]
        taken = sum(lacking[meaning][method](word) is not None for word, meaning in known.items())
        false = sum(correct(word) is not None for word in plain)
        print(f"| {method} | {' | '.join(cells)} | {taken} of {len(known)} | {false} |", flush=True)
