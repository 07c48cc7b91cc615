"""Candid's reader, Rasa's DIET and plain regular expressions, side by side on the same sets in the same run.

    python -m benchmarks.readers [--real FILE] [--epochs 100] [--without-diet]

Sets: the frozen ones, the real-text set (marked-up sentences from elsewhere: --real FILE or CANDID_REAL_TEXT; said and
left out where there is none), and the development half, on which DIET is trained and both others were developed.
`bot.evaluate` scores all of them. Only figures of the sets are printed. Training DIET takes ten minutes and more.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.diet_baseline import DietReader, training_of
from benchmarks.measure import Timed, row
from benchmarks.regex_baseline import RegexReader
from bot.evaluate import CORPUS, FROZEN, REAL_TEXT, Reader, Score, load_lines, score_set, set_path

Lines = list[dict[str, Any]]
TEST = "frozen test half"
TITLES = {"test": TEST, "unseen": "frozen, unseen wording"}


def sets(real: Path | None) -> dict[str, Lines]:
    """The marked-up sets by title; the real-text set only where it is to be had."""
    frozen = {name: path for name in FROZEN if (path := set_path(name)) is not None}
    found = {TITLES.get(name, name): load_lines(path) for name, path in frozen.items()}
    if real is not None and real.is_file():
        found["real text"] = load_lines(real)
    else:
        print(f"No real-text set: give its path with --real or in {REAL_TEXT}. Going on without it.", flush=True)
    return {**found, "development half": load_lines(CORPUS / "dev.jsonl")}


def readers(lines: Lines, folder: Path, epochs: int | None) -> dict[str, Reader]:
    """The readers by name, DIET trained in two ways on these lines (not at all where epochs is None)."""
    from bot.extraction import reader

    made: dict[str, Reader] = {"Candid": reader()}
    for name, with_values in (("DIET, label = fact", False), ("DIET, label = fact and value", True)):
        if epochs is None:
            continue
        began = time.perf_counter()
        training = training_of(lines, reader(), with_values)
        print(f"{name}: {training.placed} of {training.stated} values placed; training ...", flush=True)
        place = folder / ("values" if with_values else "facts")
        place.mkdir()
        made[name] = DietReader(training, place, epochs)
        print(f"{name}: trained in {time.perf_counter() - began:.0f} s ({epochs} epochs)", flush=True)
    return {**made, "regular expressions": RegexReader()}


def overview(scores: Mapping[tuple[str, str], tuple[Score, float]]) -> None:
    """One row per set and reader."""
    print("\n| set | reader | precision | recall | F1 | wrong values | traps hit | a line, ms (median) |")
    print("|---|---|---|---|---|---|---|---|")
    for (place, name), (score, median) in scores.items():
        print(f"| {place} ({score.lines} lines) {row(name, score, median)}")


def by_fact(scores: Mapping[str, Score]) -> None:
    """F1 per fact, one column per reader."""
    first = next(iter(scores.values()))
    print(f"\n| fact | stated | {' | '.join(scores)} |\n|---|---|{'---|' * len(scores)}")
    for fact, tally in sorted(first.facts.items()):
        if stated := tally.right + tally.missed:
            cells = " | ".join(f"{score.facts[fact].f1:.3f}" for score in scores.values())
            print(f"| `{fact}` | {stated} | {cells} |")
    print(f"| all | | {' | '.join(f'{score.total.f1:.3f}' for score in scores.values())} |")


def main(argv: Sequence[str] | None = None) -> int:
    """Print both tables of bot/READING.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", default=os.environ.get(REAL_TEXT), help="the real-text set (JSON Lines)")
    parser.add_argument("--epochs", type=int, default=100, help="of DIET's training")
    parser.add_argument("--without-diet", action="store_true")
    options = parser.parse_args(argv)
    marked = sets(Path(options.real) if options.real else None)
    with TemporaryDirectory() as folder:
        epochs = None if options.without_diet else options.epochs
        made = readers(marked["development half"], Path(folder), epochs)
        scores: dict[tuple[str, str], tuple[Score, float]] = {}
        for place, lines in marked.items():
            for name, reader in made.items():
                timed = Timed(reader)
                scores[place, name] = (score_set(lines, timed), timed.median)
    overview(scores)
    by_fact({name: scores[TEST, name][0] for name in made})
    print(f"\nPython {platform.python_version()}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the end")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
