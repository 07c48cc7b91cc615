"""Existing tools held against Candid's own parts, on the development half.

    .venv/bin/uv venv --python .venv/bin/python .venv-compare
    .venv/bin/uv pip sync --require-hashes --python .venv-compare/bin/python requirements/compare.txt
    .venv-compare/bin/python -m benchmarks.neighbours [--set dev|test|FILE] [--only context dates numbers spelling]

The tools live in an environment of their own (about 440 MB): Candid needs none of them to run or to be tested. After a
change of requirements/compare.in:
    .venv/bin/uv pip compile --python .venv/bin/python --python-version 3.10 --generate-hashes --no-emit-index-url \
      --no-header requirements/compare.in -o requirements/compare.txt
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any

from benchmarks.measure import Timed, row
from benchmarks.spelling import spelling
from bot.evaluate import REFERENCE_DATE, load_lines, score_set, set_path
from bot.extraction import reader

Lines = Sequence[Mapping[str, Any]]
DATE_FACTS = frozenset({"birth_date", "icf_date", "pregnancy_test_date", "enrollment_date"})


def context(lines: Lines) -> None:
    """(i) Context: whole readings with other cue finders in the place of Candid's."""
    from benchmarks import foreign_cues as cues

    kinds = frozenset(cues.CONTEXT_KINDS.values())
    conText, negex = cues.medspacy_context(), cues.negspacy_negation()  # noqa: N806 - its name
    finders: dict[str, cues.CueFinder] = {
        "Candid's own cues": cues.own_cues(),
        "none: everything is plain": cues.no_cues,
        "medspaCy ConText alone": conText,
        "ConText, and Candid's kinds that it has not": cues.both(cues.own_cues(but=kinds), conText),
        "Candid's negation alone": cues.own_cues(only=cues.NEGATION),
        "negspacy alone": negex,
        "negspacy, and Candid's other kinds": cues.both(cues.own_cues(but=cues.NEGATION), negex),
        "edsnlp's engine with Candid's words, and Candid's other kinds": cues.both(
            cues.own_cues(but=cues.EDSNLP_KINDS), cues.edsnlp_engine()
        ),
    }
    print("\n| cues | precision | recall | F1 | wrong values | traps hit | a line, ms |\n|---|---|---|---|---|---|---|")
    for name, finder in finders.items():
        with cues.using(finder):
            timed = Timed(reader())
            score = score_set(lines, timed)
        print(row(name, score, timed.median), flush=True)


def _by_candid(line: Mapping[str, Any], day: date) -> set[str]:
    facts = reader().read(line["text"], asked=line.get("asked"), reference_date=day).to_dict()["facts"]
    return {str(facts[fact]) for fact in DATE_FACTS & set(facts)}


def _by_dateparser(line: Mapping[str, Any], day: date, strict: bool = False) -> set[str]:
    from dateparser.search import search_dates  # type: ignore[import-untyped]

    settings: dict[str, Any] = {
        "RELATIVE_BASE": datetime.combine(day, time(12)),
        "DATE_ORDER": "DMY",
        "STRICT_PARSING": strict,
    }
    settings["PREFER_DATES_FROM"] = "past"
    found = search_dates(line["text"], languages=["en", "zh"], settings=settings) or []
    return {when.date().isoformat() for _, when in found}


def dates(lines: Lines) -> None:
    """(ii) Dates: lines whose facts hold a date, and lines whose date is ambiguous and must be asked about."""
    stated = [line for line in lines if DATE_FACTS & set(line["facts"])]
    open_ones = [
        line for line in lines if DATE_FACTS & set(line.get("ask", ())) and not DATE_FACTS & set(line["facts"])
    ]
    print(f"\n| dates | right | missed | other dates given | guessed where ambiguous (of {len(open_ones)}) |")
    print("|---|---|---|---|---|")
    tools: dict[str, Callable[[Mapping[str, Any], date], set[str]]] = {
        "Candid": _by_candid,
        "dateparser": _by_dateparser,
        "dateparser, strict": partial(_by_dateparser, strict=True),
    }
    for name, find in tools.items():
        right = missed = other = 0
        for line in stated:
            wanted = {str(line["facts"][fact]) for fact in DATE_FACTS & set(line["facts"])}
            given = find(line, _day(line))
            right, missed, other = (
                right + len(wanted & given),
                missed + len(wanted - given),
                other + len(given - wanted),
            )
        guessed = sum(bool(find(line, _day(line))) for line in open_ones)
        print(f"| {name} | {right} | {missed} | {other} | {guessed} |")


def _day(line: Mapping[str, Any]) -> date:
    return date.fromisoformat(line.get("reference_date") or REFERENCE_DATE)


_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _spelt(number: int) -> str:
    """The English words of a number from 0 to 99, as a regular expression."""
    if number < 20:
        return rf"(?<![a-z-]){_UNITS[number]}(?![a-z-])"
    unit = rf"[ -]{_UNITS[number % 10]}" if number % 10 else r"(?![ -](?:one|two|three|four|five|six|seven|eight|nine))"
    return rf"(?<![a-z]){_TENS[number // 10 - 2]}{unit}(?![a-z])"


def number_words(lines: Lines) -> None:
    """(iii) Numbers as words: every cardinal from 0 to 99 that the lines spell out, whatever it counts."""
    from text_to_num import alpha2digit

    from bot.extraction.en.numbers import number_words as written
    from bot.extraction.en.numbers import small_number

    pattern = re.compile(rf"(?<![a-z])(?:{written('en')})(?![a-z])")

    def ours(text: str) -> set[int]:
        return {value for match in pattern.finditer(text.lower()) if (value := small_number(match.group())) is not None}

    def theirs(text: str) -> set[int]:
        return {int(figures) for figures in re.findall(r"\d+", alpha2digit(text.lower(), "en", threshold=-1.0))}

    texts = [re.sub(r"\d", "#", line["text"]) for line in lines]  # figures are no matter of either
    wanted = [{number for number in range(100) if re.search(_spelt(number), text.lower())} for text in texts]
    print(
        f"\n| numbers as words ({sum(map(len, wanted))} spelt out) | found | missed | others given |\n|---|---|---|---|"
    )
    for name, find in (("Candid's number words", ours), ("text2num", theirs)):
        given = [find(text) for text in texts]
        right = sum(len(a & b) for a, b in zip(wanted, given, strict=True))
        other = sum(len(b - a) for a, b in zip(wanted, given, strict=True))
        print(f"| {name} | {right} | {sum(map(len, wanted)) - right} | {other} |")


PARTS: dict[str, Callable[[Lines], None]] = {
    "context": context, "dates": dates, "numbers": number_words, "spelling": spelling,
}  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables of bot/READING.md; the exit status is 2 outside the environment of the tools."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="dev", help="dev, test, unseen, or a file of marked-up JSON Lines")
    parser.add_argument("--only", nargs="*", choices=list(PARTS), default=list(PARTS))
    options = parser.parse_args(argv)
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    try:
        import medspacy  # noqa: F401
    except ImportError:
        print("Run this in the environment of the tools: see the top of benchmarks/neighbours.py.", file=sys.stderr)
        return 2
    path = set_path(options.set)
    if path is None:
        print(f"No marked-up set {options.set}.", file=sys.stderr)
        return 2
    lines = load_lines(path)
    for part in options.only:
        PARTS[part](lines)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
