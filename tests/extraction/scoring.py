"""Gates over the marked-up sets. `bot.evaluate` counts, so the command prints what the tests hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.evaluate import Score, load_lines, score_set, set_path, table


@dataclass(frozen=True)
class Floors:
    """What a set must reach. Shares between 0 and 1; raise them as the reading improves, never lower them."""

    micro_f1: float  # over all facts
    wrong_rate: float  # at most: wrong values / all values given
    trap_rate: float  # at most: traps hit / traps set
    asked_rate: float  # at least: ambiguous statements that led to a question


FLOORS = {
    "dev": Floors(micro_f1=0.98, wrong_rate=0.003, trap_rate=0.005, asked_rate=0.95),
    "test": Floors(micro_f1=0.97, wrong_rate=0.011, trap_rate=0.015, asked_rate=0.88),
    "unseen": Floors(micro_f1=0.865, wrong_rate=0.04, trap_rate=0.05, asked_rate=0.4),
    "real": Floors(micro_f1=0.935, wrong_rate=0.085, trap_rate=0.015, asked_rate=0.0),
}


def lines_of(name: str) -> list[dict[str, Any]]:
    """The marked-up lines of `dev`, `test`, `unseen`, `messages`, or of `real` where its path is set."""
    path = set_path(name)
    if path is None:
        raise FileNotFoundError(name)
    return load_lines(path)


@cache
def scored(name: str) -> Score:
    """The score of one set, read once per test run."""
    from bot.extraction import reader

    return score_set(lines_of(name), reader())


def report(name: str) -> str:
    """The table of a set, for the message of a failing gate; it never shows a sentence of the test half."""
    return f"\n{name}\n{table(scored(name))}"
