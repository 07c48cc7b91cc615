"""What the reading benchmarks share: a reader with a stopwatch, and a row of a table."""

from __future__ import annotations

import statistics
import time
from datetime import date
from typing import Any

from bot.evaluate import Reader, Score


class Timed:
    """A reader that keeps how long each text took, in milliseconds."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.taken: list[float] = []

    def read(self, text: str, asked: str | None = None, reference_date: date | None = None) -> Any:
        began = time.perf_counter()
        reading = self.reader.read(text, asked=asked, reference_date=reference_date)
        self.taken.append(1000 * (time.perf_counter() - began))
        return reading

    @property
    def median(self) -> float:
        return statistics.median(self.taken)


def row(name: str, score: Score, median: float) -> str:
    """name | precision | recall | F1 | wrong values | traps hit | ms, as a row of a markdown table."""
    total = score.total
    return (
        f"| {name} | {total.precision:.3f} | {total.recall:.3f} | {total.f1:.3f} | {100 * total.wrong_rate:.1f} % "
        f"| {total.traps} of {score.traps_set} | {median:.2f} |"
    )
