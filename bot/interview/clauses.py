"""Facts put into short clauses, a line for each group of them, from `data/wording/<language>/readback.yml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

ANY = "any"
ELSE = "else"


@dataclass(frozen=True)
class Clause:
    """One or several facts in words: "6 cycles of cisplatin + gemcitabine"."""

    facts: tuple[str, ...]
    text: str


class Clauses:
    """How facts are said, and which of them share a line.

    data: the file as a mapping; value: a fact's value as people write it.
    """

    def __init__(self, data: Mapping[str, Any], value: Callable[[str, Any], str]) -> None:
        self.lines: tuple[tuple[str, ...], ...] = tuple(tuple(line) for line in data["lines"])
        self._facts: Mapping[str, str | Mapping[str, str]] = data["facts"]
        self._together: tuple[Mapping[str, Any], ...] = tuple(data["together"])
        self._value = value

    def one(self, fact: str, value: Any) -> str:
        """The clause of one fact. Raises KeyError for a fact or value that the file does not have."""
        entry = self._facts[fact]
        template = entry if isinstance(entry, str) else entry.get(_key(value)) or entry[ELSE]
        return str(template).format(v=self._value(fact, value))

    def of(self, facts: Mapping[str, Any]) -> list[list[Clause]]:
        """All facts in clauses, line by line; lines that would be empty are left out."""
        lines = []
        for group in self.lines:
            held = {fact: facts[fact] for fact in group if fact in facts}
            if held:
                lines.append(self._clauses(held))
        return lines

    def _clauses(self, held: dict[str, Any]) -> list[Clause]:
        clauses = []
        while held:
            joint = next((entry for entry in self._together if _fits(entry, held)), None)
            if joint is None or next(iter(held)) not in joint["facts"]:
                fact, value = next(iter(held.items()))
                clauses.append(Clause((fact,), self.one(fact, value)))
            else:
                said = {fact: self._value(fact, held[fact]) for fact in joint["facts"]}
                clauses.append(Clause(tuple(joint["facts"]), str(joint["say"]).format(**said)))
            held = {fact: value for fact, value in held.items() if fact not in clauses[-1].facts}
        return clauses


def _fits(entry: Mapping[str, Any], held: Mapping[str, Any]) -> bool:
    """Whether all facts of the entry are held with its values, and none has the value that it leaves out."""
    keys = {fact: _key(held[fact]) for fact in entry["facts"] if fact in held}
    return len(keys) == len(entry["facts"]) and all(
        wanted in (ANY, keys[fact]) and keys[fact] != entry.get("unless") for fact, wanted in entry["facts"].items()
    )


def _key(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return str(list(value))
    return f"{value:g}" if isinstance(value, float) else str(value)
