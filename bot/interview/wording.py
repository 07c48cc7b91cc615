"""What is said, from `data/wording/<language>/*.yml`, and how values are put into words.

Every text has one home there; code names the key. A missing key or placeholder is an error, never a silent blank.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from bot.catalogue import DATA, concepts, load_yaml
from bot.interview.clauses import Clauses

_FILES = ("interview", "explanation", "correction", "talk")


class Wording:
    """The texts of one language."""

    def __init__(self, folder: Path) -> None:
        self._texts: dict[str, str] = {}
        for name in _FILES:
            self._texts.update(cast("Mapping[str, str]", load_yaml(folder / f"{name}.yml")))
        self.questions = cast("Mapping[str, Mapping[str, Any]]", load_yaml(folder / "questions.yml"))
        self.clauses = Clauses(cast("Mapping[str, Any]", load_yaml(folder / "readback.yml")), self.value)

    def placeholders(self, key: str) -> frozenset[str]:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(self._texts[key]) if name)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self._texts)

    def say(self, key: str, **values: object) -> str:
        """The text of `key` with its placeholders filled. Raises KeyError for an unknown key or placeholder."""
        return self._texts[key].format(**values)

    def noun(self, fact: str) -> str:
        """How a fact is called inside a sentence: "the pregnancy test date"."""
        entry = self.questions.get(fact)
        return str(entry["noun"]) if entry is not None else concepts()[fact].label.lower()

    def listed(self, items: Iterable[str]) -> str:
        """ "a", "a and b", "a, b and c"."""
        *most, last = list(items) or [""]
        return self.say("list", first=", ".join(most), last=last) if most else last

    def value(self, fact: str, value: Any) -> str:
        """A value as people write it: dates as 3 December 2026, agents joined by +, choices by their label."""
        if value is None:
            return self.say("not_known_value")
        if isinstance(value, bool):
            return self.say("value_yes" if value else "value_no")
        if isinstance(value, (list, tuple)):
            return " + ".join(str(v) for v in value) if value else self.say("value_none")
        concept = concepts()[fact]
        if concept.kind == "date":
            return long_date(value if isinstance(value, date) else date.fromisoformat(value))
        if concept.kind == "choice":
            return concept.value_label(value)
        number = f"{value:g}" if isinstance(value, float) else str(value)
        return f"{number} {concept.unit}" if concept.unit else number

    def fact(self, fact: str, value: Any) -> str:
        """A fact with its value, for lists: "ECOG 1"."""
        return f"{concepts()[fact].label}: {self.value(fact, value)}"


def long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@lru_cache(maxsize=4)
def wording(language: str = "en") -> Wording:
    """The texts of a language, loaded once."""
    return Wording(DATA / "wording" / language)


def sentence_case(text: str) -> str:
    """The text with a capital at its beginning; the rest as it is."""
    return text[:1].upper() + text[1:]
