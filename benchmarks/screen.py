"""How many random candidates per second `candid screen` judges on one core, and how that compares with mere
JSON.

    python -m benchmarks.screen [number of candidates]

Candidates are wide: ages 0-100, dates spread over a year, every fact present or absent at random. The
comparison reads the same lines with the standard library's json and prints the same answers with it, doing
nothing in between.
"""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import time
from datetime import date, timedelta
from typing import Any

from bot.catalogue import concepts
from bot.eligibility.evaluation import judge_of
from bot.protocol import load_protocol
from bot.screen import Screen, run

TODAY = date(2026, 11, 22)
PRESENT = 0.8
"""Share of the facts that are known."""


def _value(rng: random.Random, name: str) -> Any:
    concept = concepts()[name]
    if name == "age_years":
        return rng.randint(0, 100) if rng.random() < 0.7 else round(rng.uniform(10, 80), 1)
    if name == "birth_date":
        return (TODAY - timedelta(days=rng.randint(0, 36_000))).isoformat()
    if name == "enrollment_date":
        return (TODAY + timedelta(days=rng.randint(-180, 180))).isoformat()
    if concept.kind == "date":
        return (TODAY - timedelta(days=rng.randint(0, 365))).isoformat()
    sample = rng.choice(concept.samples)
    return list(sample) if isinstance(sample, tuple) else sample


def candidate(rng: random.Random) -> dict[str, Any]:
    """Random facts: the age as years or as birth date, never both."""
    hidden = rng.choice(("age_years", "birth_date"))
    names = [name for name in concepts() if name != hidden and rng.random() < PRESENT]
    return {name: _value(rng, name) for name in names}


def lines(number: int, seed: int = 1) -> bytes:
    """That many candidates as JSON Lines."""
    rng = random.Random(seed)
    entries = ({"id": i, "facts": candidate(rng), "reference_date": TODAY.isoformat()} for i in range(number))
    return b"".join(json.dumps(entry).encode() + b"\n" for entry in entries)


def start_up() -> float:
    """Seconds from the start of the process to the end of an empty run: the part that the rates leave out."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bot.cli", "screen"], input=b"", check=True)
    return time.perf_counter() - start


def main(number: int) -> None:
    """Prints candidates per second of one core, and the ratio to parsing and printing JSON alone.

    Nothing is remembered at the start: what a run learns on its way is part of its time.
    """
    data, out = lines(number), io.BytesIO()
    screen = Screen(judge_of(load_protocol()), TODAY)
    start, wall, user = time.process_time(), time.perf_counter(), os.times().user
    run(io.BytesIO(data), out.write, out.flush, screen)
    judged, wall, user = time.process_time() - start, time.perf_counter() - wall, os.times().user - user
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    start = time.process_time()
    for line, answer in zip(data.splitlines(), answers, strict=True):
        json.loads(line)
        json.dumps(answer)
    printed = time.process_time() - start
    start = time.process_time()
    for line in data.splitlines():
        json.dumps(json.loads(line))
    echoed = time.process_time() - start
    print(f"candidates                            {number:>10,}")
    print(f"judged per second                     {number / judged:>10,.0f}")
    per = 100_000 / number
    print(f"for 100,000: user CPU, wall           {user * per:>10.2f} s, {wall * per:.2f} s")
    print(f"process start (not in the above)      {start_up():>10.2f} s")
    print(f"json: read the lines, print answers   {number / printed:>10,.0f} per second, ratio {judged / printed:.2f}")
    print(f"json: read the lines, print them      {number / echoed:>10,.0f} per second, ratio {judged / echoed:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
