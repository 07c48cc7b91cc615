"""`candid screen`: candidates as JSON Lines in, verdicts as JSON Lines out, in the same order.

Needs neither Rasa nor spaCy. A line that is not valid gets an error in its place and the others are still
answered. Exit status: 0 all answered, 1 some line was not valid, 2 the call itself was wrong.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol

import orjson

from bot.catalogue import DoorError
from bot.deployment import DEFAULT_PROTOCOL, protocols_folder, settings_of, today
from bot.eligibility.evaluation import Judge, judge_of
from bot.facts import Implausible, iso_date
from bot.protocol import SettingError, load_protocol

CHUNK = 1 << 14
"""Bytes read at once, for about five times as many written. What has come in is answered before more is waited for,
so a partner can talk line by line.
"""
_YEARS = range(1900, 2101)


class Reads(Protocol):
    """A stream that gives what is there without waiting for a full chunk."""

    def read1(self, size: int, /) -> bytes: ...


class Unanswerable(ValueError):  # noqa: N818
    """A line that cannot be judged; the message says why."""


class Screen:
    """Answers lines for one protocol. failed: whether some line was not valid."""

    def __init__(self, judge: Judge, today: date) -> None:
        self._judge = judge
        self._days: dict[object, date] = {None: today}
        self.failed = False

    def answer(self, line: bytes, number: int) -> bytes:
        """The answer to one line, without a line end. number: its place in the input, counted from 1."""
        identifier: object = None
        try:
            entry = _entry(line)
            identifier = entry.get("id")
            facts = entry.get("facts")
            if facts.__class__ is not dict:
                raise Unanswerable('there is no "facts" object')
            day = entry.get("reference_date")
            reference = self._days.get(day) if day.__class__ is str or day is None else None
            known = self._judge.admit(facts, reference if reference is not None else self._day(day))  # type: ignore[arg-type]
        except (Unanswerable, Implausible) as error:
            self.failed = True
            return b'{"id":%b,"error":%b}' % (
                orjson.dumps(identifier),
                orjson.dumps(f"Line {number}: {error}"),
            )
        return self._judge.printed(known, b'{"id":%b,' % orjson.dumps(identifier))

    def _day(self, text: object) -> date:
        try:
            day = iso_date(text) if isinstance(text, str) else None
        except ValueError:
            day = None
        if day is None or day.year not in _YEARS:
            raise Unanswerable(f"reference_date must be a calendar date as YYYY-MM-DD, not {text!r}")
        self._days[text] = day
        return day


def _entry(line: bytes) -> dict[str, object]:
    try:
        entry = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise Unanswerable(f"not valid JSON ({error})") from None
    if not isinstance(entry, dict):
        raise Unanswerable('not a JSON object with "id" and "facts"')
    return entry


def lines_of(stream: Reads) -> Iterator[list[bytes]]:
    """Complete lines, as many at a time as have come in. A byte order mark in front is dropped."""
    rest, first = b"", True
    while chunk := stream.read1(CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        if first and (lines or len(rest) > 2):
            lines, rest = _without_mark(lines, rest)
            first = False
        if lines:
            yield lines
    if rest.strip():
        yield [rest]


def _without_mark(lines: list[bytes], rest: bytes) -> tuple[list[bytes], bytes]:
    mark = b"\xef\xbb\xbf"
    if lines:
        return [lines[0].removeprefix(mark), *lines[1:]], rest
    return lines, rest.removeprefix(mark)


def run(stream: Reads, write: Callable[[bytes], object], flush: Callable[[], object], screen: Screen) -> int:
    """Answers a stream of lines. Blank lines are skipped. Gives the exit status."""
    number = 0
    gc.disable()  # nothing here makes cycles, and looking for them costs a fifth of the time
    try:
        for lines in lines_of(stream):
            out = []
            for line in lines:
                number += 1
                if line and not line.isspace():
                    out.append(screen.answer(line, number))
            if out:
                write(b"\n".join(out) + b"\n")
                flush()
    finally:
        gc.enable()
    return 1 if screen.failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="candid screen",
        description="Judge candidates by a protocol's inclusion criteria: JSON Lines in, JSON Lines out.",
    )
    parser.add_argument("input", nargs="?", type=Path, help="file to read (default: standard input)")
    parser.add_argument("output", nargs="?", type=Path, help="file to write (default: standard output)")
    parser.add_argument("-o", "--output", dest="to", type=Path, metavar="FILE", help="file to write")
    parser.add_argument("--protocol", default=DEFAULT_PROTOCOL, metavar="ID", help="protocol (default: %(default)s)")
    parser.add_argument(
        "--set",
        dest="settings",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a protocol setting",
    )
    parser.add_argument(
        "--protocols-dir",
        type=Path,
        default=None,
        metavar="FOLDER",
        help="folder with the protocol files (default: $CANDID_PROTOCOLS, else the project's own)",
    )
    return parser


def main(argv: Sequence[str]) -> int:
    """Runs `candid screen` with the arguments behind its name. Gives the exit status."""
    try:
        options = _parser().parse_args(argv)
    except SystemExit as ended:
        return int(ended.code or 0)
    try:
        folder = protocols_folder(options.protocols_dir)
        protocol = load_protocol(options.protocol, settings_of(options.settings), folder)
        target = options.to if options.to is not None else options.output
        source: BinaryIO = sys.stdin.buffer if options.input is None else options.input.open("rb")
        sink: BinaryIO = sys.stdout.buffer if target is None else target.open("wb")
    except (LookupError, SettingError, DoorError, OSError) as error:
        text = error.args[0] if isinstance(error, LookupError) else error
        print(f"candid screen: {text}", file=sys.stderr)
        return 2
    screen = Screen(judge_of(protocol), today())
    try:
        return run(source, sink.write, sink.flush, screen)  # type: ignore[arg-type]
    except BrokenPipeError:
        # The reader has gone, as `head` does; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    finally:
        for stream in (source, sink):
            if stream not in (sys.stdin.buffer, sys.stdout.buffer):
                stream.close()


__all__ = ["Screen", "main", "run"]
