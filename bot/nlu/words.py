"""What the intent classifier sees of a message: its words, the same words with names masked, and classes of words.

"is nedaplatin a platinum?" and "is lobaplatin a platinum?" are one question. So names of drugs, facts and terms,
values, numbers and dates become marks (`xdrug`), and words that mean the same to an intent ("stop", "quit", "halt")
share a class. The lists stand in data/nlu/words.yml, the names in the glossary, the drug list and the wording of the
questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import yaml

from bot.catalogue import DATA, load_yaml

WORDS = DATA / "nlu" / "words.yml"
_NAMED = {
    "glossary": DATA / "glossary.yml",
    "drugs": DATA / "drugs.yml",
    "questions": DATA / "wording" / "en" / "questions.yml",
}
_TOKEN = re.compile(r"[^\W_]+(?:[-'/._][^\W_]+)*|\?")
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\d{{1,2}}[./-]\d{{1,2}}(?:[./-]\d{{2,4}})?|\d{{4}}-\d\d-\d\d|\d{{1,2}}(?:st|nd|rd|th)|{_MONTHS}"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|tonight"
)
_VALUE = re.compile(
    r"(?:[cpyr]{0,2}[tnm][0-4x][abc]?)+|iv[abc]?\d?|iii|ii|(?:ecog|ps|who|kps)-?\d+|cr|pr|sd|pd|4[abc]|\d+(?:yo|m|f)|[ft]"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?|x\d+|\d+x")


def sources() -> tuple[Path, ...]:
    """The files that decide what the classifier sees, in a fixed order (for fingerprints)."""
    return (WORDS, *_NAMED.values())


@dataclass(frozen=True)
class Tables:
    """Phrases as tuples of words: to the mark that stands for them, and to the classes that they belong to."""

    rewritten: tuple[tuple[re.Pattern[str], str], ...]
    marks: Mapping[tuple[str, ...], str]
    classes: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: int


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The word lists, read once."""
    # BaseLoader keeps "yes", "no" and "off" the words they are.
    lists = cast("dict[str, Any]", yaml.load(WORDS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
    rewritten = tuple((re.compile(pair["from"]), pair["to"]) for pair in lists["rewritten"])
    marks: dict[tuple[str, ...], str] = {}
    for mark, names in (*lists["marks"].items(), *_names()):
        for name in names:
            if phrase := tuple(_tokens(name, rewritten)):
                marks[phrase] = mark
    classes: dict[tuple[str, ...], set[str]] = {}
    for kind, names in lists["classes"].items():
        for name in names:
            classes.setdefault(tuple(_tokens(name, rewritten)), set()).add(kind)
    longest = max(len(phrase) for phrase in (*marks, *classes))
    return Tables(rewritten, marks, {p: tuple(sorted(k)) for p, k in classes.items()}, longest)


def _names() -> Iterator[tuple[str, list[str]]]:
    """Names of terms, drugs and facts with their mark; a later mark outweighs an earlier one."""
    glossary, drugs = load_yaml(_NAMED["glossary"]), load_yaml(_NAMED["drugs"])
    yield "xterm", [name for entry in glossary.values() for name in entry["names"]]
    yield "xdrug", [name for drug, entry in drugs.items() for name in (drug, *entry.get("also", ()))]
    yield "xdrug", [name for key, entry in glossary.items() if key in drugs for name in entry["names"]]
    questions = load_yaml(_NAMED["questions"])
    entries = questions.get("facts", questions).values()
    yield "xfact", [name for entry in entries if isinstance(entry, dict) for name in entry.get("names", ())]


def _tokens(text: str, rewritten: Iterable[tuple[re.Pattern[str], str]]) -> list[str]:
    text = text.lower().replace("’", "'").replace("‘", "'")
    for pattern, replacement in rewritten:
        text = pattern.sub(replacement, text)
    return _TOKEN.findall(text)


def features(text: str) -> set[str]:
    """The features of a message: one or two words, pieces of 2-5 letters, one to three masked words, word classes."""
    known = tables()
    tokens = _tokens(text, known.rewritten)
    masked = list(_masked(tokens, known))
    found = {f"w:{gram}" for gram in _grams(tokens, 2)}
    for token in set(tokens):
        padded = f" {token} "
        found.update(f"c:{padded[i : i + n]}" for n in (2, 3, 4, 5) for i in range(len(padded) - n + 1))
    found.update(f"m:{gram}" for gram in _grams(["^", *masked, "$"], 3))
    found.update(f"s:{' '.join(masked[:n])}" for n in (1, 2, 3))
    found.update(f"e:{' '.join(masked[-n:])}" for n in (1, 2))
    found.add(f"length:{min(len(masked), 8)}")
    return found | _classes(tokens, known)


def _masked(tokens: list[str], known: Tables) -> Iterator[str]:
    at = 0
    while at < len(tokens):
        for length in range(min(known.longest, len(tokens) - at), 0, -1):
            if mark := known.marks.get(tuple(tokens[at : at + length])):
                yield mark
                at += length
                break
        else:
            yield _kind(tokens[at])
            at += 1


def _kind(token: str) -> str:
    if _DATE.fullmatch(token):
        return "xdate"
    if _VALUE.fullmatch(token):
        return "xvalue"
    return "xnum" if _NUMBER.fullmatch(token) else token


def masked(text: str) -> str:
    """A message with its names, numbers and dates masked: messages that agree in this differ in nothing but those."""
    known = tables()
    return " ".join(word for word in _masked(_tokens(text, known.rewritten), known) if word != "?")


def _classes(tokens: list[str], known: Tables) -> set[str]:
    """Word classes in the message, each pair of them, and which follows which."""
    found: list[tuple[str, ...]] = []
    covered = 0
    for at in range(len(tokens)):
        for length in range(min(known.longest, len(tokens) - at), 0, -1):
            kinds = known.classes.get(tuple(tokens[at : at + length]))
            if kinds and at + length > covered:
                found.append(kinds)
                covered = at + length
                break
    names = sorted({kind for kinds in found for kind in kinds})
    features = {f"k:{name}" for name in names}
    features.update(f"k:{a}+{b}" for i, a in enumerate(names) for b in names[i + 1 :])
    features.update(f"o:{a}>{b}" for one, two in pairwise(found) for a in one for b in two)
    features.update(f"o:^{a}" for kinds in found[:1] for a in kinds)
    return features


def _grams(words: list[str], longest: int) -> Iterator[str]:
    for length in range(1, longest + 1):
        for at in range(len(words) - length + 1):
            yield " ".join(words[at : at + length])
