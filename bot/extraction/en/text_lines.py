"""The lines of a message: which stand under a heading of criteria, or in a list of them.

A heading rules the lines below it until the next heading, or until a blank line that no list follows. A list is one
of criteria if some item sets a rule or a limit and none tells of the candidate.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from bot.extraction.en.speech_shapes import has_limit, is_exact
from bot.extraction.en.speech_words import ANCHOR, CANDIDATE, GROUP, PROTOCOL, RULE, heads

_MARK = re.compile(r"\s*(?:[-*•✓✔·♦◦▪>o]\s|\(?\d{1,2}[.)]\s|\(?[a-h][.)]\s|\d{1,2}[.)](?=[A-Za-z]))")
_RULES = frozenset({RULE, GROUP, PROTOCOL})
_FEW = 3  # unmarked lines that make a list


@dataclass(slots=True)
class Line:
    """start, end: its characters. lead: those of its bullet or number. fresh: it opens a paragraph. ruled: all in it
    that does not name the candidate belongs to a rule."""

    start: int
    end: int
    lead: int
    fresh: bool
    ruled: bool = False
    general: bool = False
    told: bool = False
    exact: bool = False
    heading: bool | None = None  # True: of criteria; False: of the candidate; None: no heading


def lines(low: str, found: list[tuple[int, str]], language: str = "en") -> list[Line]:
    """The lines that hold anything, in order; found are the cues of the message."""
    known = _cut(low)
    starts = [at for at, _ in found]
    for line in known:
        kinds = {kind for _, kind in found[bisect_left(starts, line.start) : bisect_left(starts, line.end)]}
        line.told = bool(kinds & {CANDIDATE, ANCHOR})
        line.general = not line.told and (bool(kinds & _RULES) or has_limit(low, line.start, line.end))
        line.exact = line.told or (not line.general and is_exact(low, line.start, line.end))
        line.heading = _heading(low, line, language)
    if len(known) > 1:
        _under_headings(known)
        _lists(known)
    return known


def _cut(low: str) -> list[Line]:
    known: list[Line] = []
    at, fresh = 0, True
    for row in low.split("\n"):
        if row.strip():
            mark = _MARK.match(row)
            known.append(Line(at, at + len(row), mark.end() if mark else 0, fresh))
            fresh = False
        else:
            fresh = True
        at += len(row) + 1
    return known


def _heading(low: str, line: Line, language: str) -> bool | None:
    words = low[line.start + line.lead : line.end].strip()
    if len(words) <= 60 and (match := heads(language, "headings").match(words)) is not None:
        return True if not words[match.end() :].strip(" :)") else None
    if words.endswith(":") and not line.told and line.general:
        return True
    if heads(language, "candidate_headings").match(words) is not None and ":" in words:
        return False
    return False if words.endswith(":") and len(words) <= 40 else None


def _under_headings(known: list[Line]) -> None:
    """Mark what stands under a heading of criteria, unless it is filled in with exact values and sets no limit."""
    ruling = False
    for index, line in enumerate(known):
        if line.heading is not None:
            ruling = line.heading and not _filled_in(known[index + 1 :])
            line.ruled = ruling
            continue
        after_heading = index > 0 and known[index - 1].heading is True
        if line.fresh and ruling and not (line.lead or after_heading):
            ruling = False
        line.ruled = ruling


def _filled_in(below: list[Line]) -> bool:
    exact = False
    for index, line in enumerate(below[:40]):
        if line.heading is not None or (line.fresh and index and not line.lead):
            break
        if line.general:
            return False
        exact = exact or line.exact
    return exact


def _lists(known: list[Line]) -> None:
    """Mark the lists of criteria that have no heading."""
    begin = 0
    for index in range(1, len(known) + 1):
        if index < len(known) and _same_list(known[begin], known[index - 1], known[index]):
            continue
        block = known[begin:index]
        begin = index
        general, told = sum(line.general for line in block), sum(line.told or line.exact for line in block)
        if told == 0 and ((block[0].lead and general and len(block) > 1) or (len(block) >= _FEW and general > 1)):
            for line in block:
                line.ruled = True
                line.fresh = False


def _same_list(first: Line, before: Line, line: Line) -> bool:
    if before.heading is not None or line.heading is not None or (line.lead and not first.lead):
        return False
    return bool(line.lead) or not line.fresh
