"""How long reading takes: loading, one line, a letter of 5,000 characters, and how it grows.

    python -m benchmarks.reading [--letters 15]

Lines are the development half. Letters are made by joining lines that answer no question, in a seeded order; those in
which Candid sees two patients are made anew, since there it stops at once. Every text is new when it is timed. Beside
Candid, in the same run and in turns: spaCy's blank English tokeniser alone, and the regular-expression baseline.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from benchmarks.regex_baseline import RegexReader
from bot.evaluate import CORPUS, REFERENCE_DATE, load_lines

SEED = 7
SIZES = (625, 1250, 2500, 5000, 10_000, 20_000)
DAY = date.fromisoformat(REFERENCE_DATE)
_FIRST = """
import time
clock = time.CLOCK
began = clock()
from bot.extraction import reader
built = reader()
loaded = clock()
built.read("54F, ECOG 1, PR after GP x6 + toripalimab")
print(loaded - began, clock() - loaded)
"""
Read = Callable[[str, str | None], Any]
_clock: list[Callable[[], float]] = [time.perf_counter]


def load_times(runs: int) -> tuple[float, float]:
    """Medians of fresh processes, in seconds: import and building of the reader, then its first reading."""
    program = _FIRST.replace("CLOCK", _clock[-1].__name__)
    shown = [
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program], stdout=subprocess.PIPE, text=True, check=True
        ).stdout.split()
        for _ in range(runs)
    ]
    return statistics.median(float(a) for a, _ in shown), statistics.median(float(b) for _, b in shown)


def milliseconds(read: Read, text: str, asked: str | None = None) -> float:
    """How long one reading takes, by the clock on the wall or, with --cpu, of the processor."""
    began = _clock[-1]()
    read(text, asked)
    return 1000 * (_clock[-1]() - began)


def letter(lines: Sequence[str], size: int, chance: random.Random) -> str:
    """A text of exactly `size` characters, made of whole lines but for the last one."""
    text = ""
    while len(text) < size:
        line = chance.choice(lines).strip()
        text += line if line.endswith((".", "?", "!")) else line + "."
        text += chance.choice((" ", " ", "\n"))
    return text[:size]


def letters(lines: Sequence[str], size: int, count: int, chance: random.Random, read: Read) -> list[str]:
    """Letters that Candid reads to their end; with a last blank more they are new when they are timed."""
    made: list[str] = []
    while len(made) < count:
        text = letter(lines, size - 1, chance)
        if not any(ask.fact == "candidate" for ask in read(text, None).asks):
            made.append(text + " ")
    return made


def one_line(readers: dict[str, Read]) -> None:
    """Median and 95th percentile over the development half."""
    lines = load_lines(CORPUS / "dev.jsonl")
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for line in lines:
        for name, read in readers.items():
            taken[name].append(milliseconds(read, line["text"], line.get("asked")))
    print(
        f"\n| one line ({len(lines)} lines of the development half) | median, ms | 95th percentile, ms | Candid takes |"
    )
    print("|---|---|---|---|")
    base = statistics.median(taken["Candid"])
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"| {name} | {median:.2f} | {statistics.quantiles(times, n=20)[-1]:.2f} | {base / median:.1f} x |")


def growth(readers: dict[str, Read], count: int) -> None:
    """Median time by length, and its factor per doubling; the row of 5,000 characters is the issue's letter."""
    chance = random.Random(SEED)
    lines = [line["text"] for line in load_lines(CORPUS / "dev.jsonl") if line.get("asked") is None]
    candid = readers["Candid"]
    lines = [text for text in lines if not any(ask.fact == "candidate" for ask in candid(text, None).asks)]
    print(f"\n| characters (median of {count} letters) | Candid, ms | factor | ", end="")
    print(" | ".join(f"{name}, ms | Candid takes" for name in readers if name != "Candid"), "|")
    print("|---|---|---|" + "---|---|" * (len(readers) - 1))
    before: float | None = None
    for size in SIZES:
        taken: dict[str, list[float]] = {name: [] for name in readers}
        for text in letters(lines, size, count, chance, candid):
            for name, read in readers.items():
                taken[name].append(milliseconds(read, text))
        medians = {name: statistics.median(times) for name, times in taken.items()}
        own = medians.pop("Candid")
        cells = " | ".join(f"{median:.2f} | {own / median:.1f} x" for median in medians.values())
        print(f"| {size} | {own:.1f} | {'' if before is None else f'{own / before:.2f}'} | {cells} |", flush=True)
        before = own


def main(argv: Sequence[str] | None = None) -> int:
    """Print the speed tables of bot/READING.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=15, help="letters of each length")
    parser.add_argument("--cpu", action="store_true", help="processor time instead of time passed (busy machines)")
    options = parser.parse_args(argv)
    if options.cpu:
        _clock.append(time.process_time)
    import spacy

    from bot.extraction import reader

    loading, first = load_times(5)
    print(f"Loading: {loading:.2f} s from import to the built reader, {1000 * first:.0f} ms for the first reading")
    print("(medians of 5 fresh processes).")
    candid, regular, blank = reader(), RegexReader(), spacy.blank("en")
    readers: dict[str, Read] = {
        "Candid": lambda text, asked: candid.read(text, asked, DAY),
        "spaCy's blank tokeniser": lambda text, asked: blank(text),
        "regular expressions": lambda text, asked: regular.read(text, asked, DAY),
    }
    for line in load_lines(CORPUS / "messages.jsonl"):  # warm
        for read in readers.values():
            read(line["text"], None)
    one_line(readers)
    growth(readers, options.letters)
    what = "processor time" if options.cpu else "time passed"
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the end"
    print(f"\nPython {platform.python_version()}, {what}, {load}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
