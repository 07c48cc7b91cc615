"""What a question or command is about: criteria, facts and glossary terms named in a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from bot.catalogue import DATA, load_yaml
from bot.interview.wording import Wording
from bot.protocol import Protocol

_NUMBER = re.compile(r"\b(?:criteri(?:on|a|um)|crit|rule|number|no\.?|nr|#)\s*#?\s*(\d{1,2})\b|#(\d{1,2})\b", re.I)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Term:
    """A glossary entry: what a term means, where that is from, and the criterion it bears on."""

    key: str
    text: str
    source: str
    criterion: str | None


def _flat(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+|[^\W\d_a-z]+", text.casefold()))


def _found(text: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """Keys whose name stands in the text as whole words, longest first; a name inside a longer one is not counted."""
    rest, found = f" {_flat(text)} ", []
    for name, key in sorted(names, key=lambda pair: -len(pair[0])):
        flat = _flat(name)
        if flat and f" {flat} " in rest:
            rest = rest.replace(f" {flat} ", "  ")
            if key not in found:
                found.append(key)
    return found


def facts_named(text: str, words: Wording) -> list[str]:
    """Facts named in a message such as "forget the pregnancy test"."""
    names = [(name, fact) for fact, entry in words.questions.items() for name in entry["names"]]
    return _found(text, names)


def criterion_number(text: str) -> int | None:
    """The number in "criterion 5", "the third criterion", "rule two"."""
    if match := _NUMBER.search(text):
        return int(match.group(1) or match.group(2))
    flat = f" {_flat(text)} "
    for number, (ordinal, word) in enumerate(zip(_ORDINALS, _WORDS, strict=True), start=1):
        if f" {ordinal} criterion " in flat or f" criterion {word} " in flat or f" rule {word} " in flat:
            return number
    return None


def criteria_named(text: str, protocol: Protocol, words: Wording) -> list[str]:
    """Criterion ids named by label, id or by a fact that they rest on."""
    names = [(name, c.id) for c in protocol.criteria for name in (c.label, c.id, *c.names)]
    named = _found(text, names)
    if named:
        return named
    facts = facts_named(text, words)
    return list(dict.fromkeys(c.id for f in facts for c in protocol.criteria if f in c.facts))


@lru_cache(maxsize=1)
def _glossary() -> Mapping[str, Mapping[str, Any]]:
    return cast("Mapping[str, Mapping[str, Any]]", load_yaml(DATA / "glossary.yml"))


def terms_named(text: str) -> list[Term]:
    """Glossary entries named in a question, the longest name first."""
    glossary = _glossary()
    names = [(name, key) for key, entry in glossary.items() for name in entry["names"]]
    return [
        Term(key, str(glossary[key]["text"]), str(glossary[key]["source"]), glossary[key].get("criterion"))
        for key in _found(text, names)
    ]
