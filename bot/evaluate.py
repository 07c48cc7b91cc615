"""How well words become facts: score the extraction against marked-up sentences.

`candid evaluate-extraction --set dev` prints one row per fact. The measure follows from what goes wrong in
practice: a value that the text does not state may end in a wrong "meets", so wrong values are counted apart
from values that were only missed, and every line names the facts a naive reader would fill by mistake
(`absent`, `ask`, `never`).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "extraction" / "corpus"
# The day from which relative dates count when a set gives none: fixed, so that figures stay comparable.
REFERENCE_DATE = "2026-11-22"
# A value that follows from another one stated in the same line is neither wanted nor held against the reader.
DERIVED_FROM = {"platinum_doublet": "chemo_agents", "anti_pd1": "io_agents", "age_years": "birth_date"}
# Asking for either of a pair settles both, so either question counts.
SAME_QUESTION = ({"io_agents", "anti_pd1"}, {"chemo_agents", "platinum_doublet"}, {"age_years", "birth_date"})


class Reader(Protocol):
    """What the scorer needs of `bot.extraction.reader()`."""

    def read(self, text: str, asked: str | None = None, reference_date: Any = None) -> Any: ...


@dataclass
class Tally:
    """Counts of one fact (or of all).

    `right` exact values; `wrong` values given that differ or are not stated; `missed` stated values not
    given, or given differently; `traps` wrong values that the line names as a trap.
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    traps: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def wrong_rate(self) -> float:
        """Share of all values given that are wrong."""
        return 1.0 - self.precision


@dataclass(frozen=True)
class Disagreement:
    """One fact of one line on which the reader and the marking differ."""

    line: str
    fact: str
    kind: str  # "trap" "not stated" "other value" "missed" "not asked" "needless question" "evidence"
    expected: object
    given: object
    text: str


@dataclass
class Score:
    """The result for one set: counts per fact, questions, faults of the evidence, and every disagreement."""

    lines: int = 0
    facts: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    asks_wanted: int = 0
    asks_made: int = 0
    needless_asks: int = 0
    evidence_faults: int = 0
    traps_set: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        """All facts together (micro average)."""
        names = ("right", "wrong", "missed", "traps")
        return Tally(*(sum(getattr(tally, name) for tally in self.facts.values()) for name in names))


def same_value(fact: str, one: object, other: object) -> bool:
    """Whether two values of a fact mean the same: lists in any order, ages by completed years."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return sorted(one) == sorted(other)
    if fact == "age_years" and isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.floor(one) == math.floor(other)
    return one == other


def load_lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a marked-up set without blank ones; a broken line raises ValueError with its number."""
    lines = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not raw.strip():
            continue
        try:
            lines.append(json.loads(raw))
        except json.JSONDecodeError as error:
            raise ValueError(f"{path.name}:{number}: not a JSON line ({error.msg})") from error
    return lines


UNMARKED = frozenset({"io_start_cycle"})
"""Facts added after the corpora were marked: counted only in lines that mark them."""


def _unscored(line: Mapping[str, Any]) -> set[str]:
    """Facts of this line that are not counted: marked so, or derived from a value that is stated."""
    named = {fact for key in ("unscored", "doubtful") for fact in _names(line.get(key))}
    derived = {fact for fact, base in DERIVED_FROM.items() if base in line["facts"]}
    traps = set(line.get("absent", ())) | set(line.get("ask", ()))
    return named | ((derived | UNMARKED) - set(line["facts"]) - traps)


def _names(value: object) -> Iterable[str]:
    """Fact names out of a list, a mapping with the names as keys, or nothing."""
    return [name for name in value if isinstance(name, str)] if isinstance(value, (list, tuple, dict)) else []


def score_line(score: Score, line: Mapping[str, Any], output: Mapping[str, Any]) -> None:
    """Add one line to `score`; `output` is the reader's answer in the shape of `candid extract`."""
    expected: Mapping[str, object] = line["facts"]
    given: Mapping[str, object] = output.get("facts", {})
    traps = set(line.get("absent", ())) | set(line.get("ask", ()))
    never: Mapping[str, list[object]] = line.get("never", {})
    unscored = _unscored(line)
    score.lines += 1
    score.traps_set += len(traps | set(never))

    def note(fact: str, kind: str) -> None:
        score.disagreements.append(
            Disagreement(str(line["id"]), fact, kind, expected.get(fact), given.get(fact), line["text"])
        )

    for fact in sorted(set(given) | set(expected)):
        tally = score.facts[fact]
        if fact in never:
            if fact in given and any(same_value(fact, given[fact], value) for value in never[fact]):
                tally.wrong += 1
                tally.traps += 1
                note(fact, "trap")
        elif fact in unscored:
            continue
        elif fact in expected:
            _score_stated(tally, fact, expected[fact], given, note)
        else:
            tally.wrong += 1
            tally.traps += fact in traps
            note(fact, "trap" if fact in traps else "not stated")
    _score_questions(score, line, output, note)
    _score_evidence(score, line["text"], output, note)


def _score_stated(tally: Tally, fact: str, value: object, given: Mapping[str, object], note: Any) -> None:
    if fact not in given:
        tally.missed += 1
        note(fact, "missed")
    elif same_value(fact, value, given[fact]):
        tally.right += 1
    else:
        tally.wrong += 1
        tally.missed += 1
        note(fact, "other value")


def _score_questions(score: Score, line: Mapping[str, Any], output: Mapping[str, Any], note: Any) -> None:
    asked = {question["fact"] for question in output.get("ask", ())}
    for fact in line.get("ask", ()):
        score.asks_wanted += 1
        group = next((pair for pair in SAME_QUESTION if fact in pair), {fact})
        if group & asked:
            score.asks_made += 1
        else:
            note(fact, "not asked")
    for fact in sorted(asked & set(line["facts"])):
        score.needless_asks += 1
        note(fact, "needless question")


def _score_evidence(score: Score, text: str, output: Mapping[str, Any], note: Any) -> None:
    """Every value must be able to show its words: offsets inside the text, and the words at those offsets."""
    evidence = output.get("evidence", {})
    for fact in output.get("facts", {}):
        shown = evidence.get(fact)
        if (
            shown is None
            or not 0 <= shown["start"] < shown["end"] <= len(text)
            or (text[shown["start"] : shown["end"]] != shown["text"])
        ):
            score.evidence_faults += 1
            note(fact, "evidence")


def score_set(lines: Sequence[Mapping[str, Any]], reader: Reader) -> Score:
    """Run `reader` over marked-up lines (see tests/extraction/corpus/README.md) and count."""
    score = Score()
    for line in lines:
        day = date.fromisoformat(line.get("reference_date") or REFERENCE_DATE)
        reading = reader.read(line["text"], asked=line.get("asked"), reference_date=day)
        score_line(score, line, json.loads(json.dumps(reading.to_dict(), default=str)))
    return score


def table(score: Score) -> str:
    """The printed report: one row per fact, the total, then the questions and the evidence."""
    columns = ("stated", "given", "prec", "recall", "F1", "wrong%", "wrong", "traps")
    head = f"{'fact':32}" + "".join(f"{column:>7}" for column in columns)
    rows = [head, "-" * len(head)]
    for name, tally in [*sorted(score.facts.items()), ("all facts", score.total)]:
        stated, given = tally.right + tally.missed, tally.right + tally.wrong
        if stated + given:
            rows.append(
                f"{name:32}{stated:7}{given:7}{tally.precision:7.3f}{tally.recall:7.3f}{tally.f1:7.3f}"
                f"{100 * tally.wrong_rate:7.1f}{tally.wrong:7}{tally.traps:7}"
            )
    rows.append(f"{score.lines} lines; {score.total.traps} of {score.traps_set} traps hit")
    rows.append(f"questions: {score.asks_made} of {score.asks_wanted} wanted, {score.needless_asks} needless")
    rows.append(f"evidence at fault: {score.evidence_faults}")
    return "\n".join(rows)


REAL_TEXT = "CANDID_REAL_TEXT"
"""Environment variable: the path of a set of real sentences, kept outside the project for their licences."""
FROZEN = ("test", "unseen")
DEFAULT_SETS = ("dev", *FROZEN, "real")


def set_path(name: str) -> Path | None:
    """The file of a named set or of a path; None where there is none."""
    if name == "real":
        given = os.environ.get(REAL_TEXT)
        return Path(given) if given and Path(given).is_file() else None
    named = CORPUS / f"{name}.jsonl"
    path = named if named.exists() else Path(name)
    return path if path.is_file() else None


def main(argv: Sequence[str] | None = None) -> int:
    """Run `candid evaluate-extraction`; the exit status is 0, or 2 for a bad request."""
    parser = argparse.ArgumentParser(prog="candid evaluate-extraction", description=__doc__)
    parser.add_argument("--set", action="append", dest="sets", metavar="SET",
                        help="dev, test, unseen, real, messages, or a file of marked-up JSON Lines; may be repeated "
                        f"(default: {', '.join(DEFAULT_SETS)}; real is the file that {REAL_TEXT} names)")  # fmt: skip
    parser.add_argument("--errors", action="store_true", help="list disagreements (not of the frozen sets)")
    options = parser.parse_args(argv)
    names: Sequence[str] = options.sets or DEFAULT_SETS
    frozen = {path.resolve() for name in (*FROZEN, "real") if (path := set_path(name)) is not None}
    for name in names:
        path = set_path(name)
        if path is None and not (name == "real" and options.sets is None):
            told = (
                f"set {REAL_TEXT} to its path" if name == "real" else "give dev, test, unseen, real, messages or a file"
            )
            print(f"No marked-up set {name}: {told}.", file=sys.stderr)
            return 2
        if options.errors and path is not None and path.resolve() in frozen:
            print(f"{name} is frozen: its sentences are not shown.", file=sys.stderr)
            return 2
    for name in names:
        _print_set(name, options.errors, headed=len(names) > 1)
    return 0


def _print_set(name: str, errors: bool, headed: bool) -> None:
    from bot.extraction import reader  # spaCy loads only when it is needed

    path = set_path(name)
    if headed:
        print(f"\n== {name}")
    if path is None:
        print(f"not here: set {REAL_TEXT} to the path of the real sentences to read them too")
        return
    score = score_set(load_lines(path), reader())
    print(table(score))
    for d in score.disagreements if errors else ():
        print(f"{d.line}\t{d.kind}\t{d.fact}\texpected {d.expected!r}, given {d.given!r}\t{d.text!r}")


if __name__ == "__main__":
    raise SystemExit(main())
