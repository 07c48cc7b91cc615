"""Which of several responses is the latest: by line of therapy, date, cycle, and words such as "now" and "then"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from bot.extraction.en.lines import line_of, lines
from bot.extraction.en.terms import after, before
from bot.extraction.mention import Scene

_NOW = re.compile(
    r"\b(?:now|currently|current|latest|most recent|today|(?:the )?last (?:one|scan|pet|ct|"
    r"mri|imaging|assessment|restaging|week|month)|at present|final(?:ly)?|"
    r"end of (?:treatment|chemo|induction))\b"
)
_PAST = re.compile(
    r"\b(?:previous(?:ly)?|initial(?:ly)?|was|were|earlier|at first|first|prior|formerly|"
    r"originally|had|interim|mid-?\w*)\b"
)
_LATER_WORDS = re.compile(
    r"\b(?:then|followed by|later|subsequently|subsequent|afterwards|converted|deepened|"
    r"deepening|improved|improving|evolv\w+|became|turned|progressing to|now|currently|"
    r"upgraded|before|until|but|next|后)\b|>|,\s?and\s(?:now|later)"
)
_CYCLE = re.compile(
    r"(?:after|at|post|following|by|@)?\s?(?:cycle\s?|c)(\d{1,2})(?![a-z0-9])|(?:after|at|"
    r"post|following)\s(\d{1,2}|two|three|four|five|six|eight)(?:\s?(?:cycles?|courses?|cyc|"
    r"x)|\s?$)"
)
_DATE = re.compile(
    r"(?<!\d)\d{1,2}[-/.](?P<m>\d{1,2})[-/.](?P<y>20\d\d)(?!\d)|\b(20\d\d)[-/.年](\d{1,2})|"
    r"\b(\d{1,2})[/.](20\d\d)\b|\b(jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec)[a-z]*\.?\s(?:\d{1,2},?\s)?(20\d\d)"
)
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Hit:
    """A response category in the text. doubt: key of _TEXT where no value can be taken from it."""

    value: str
    start: int
    end: int
    doubt: str | None = None
    options: tuple[str, ...] = ()


def latest_of(doc: Doc, scene: Scene, hits: list[Hit]) -> list[Hit]:
    """The hit that is latest in time; all of those that cannot be put in order, for the reader to ask about."""
    if len({hit.value for hit in hits}) <= 1:
        return hits[:1]
    steps = lines(doc, scene)
    whens = [(line_of(scene, steps, hit.start, hit.end), *_when(scene, hit)) for hit in hits]
    latest, when = [hits[0]], whens[0]
    for index in range(1, len(hits)):
        hit, its = hits[index], whens[index]
        order = _order(scene, latest[-1], when, hit, its)
        if hit.value == latest[-1].value and order == 0:
            continue
        if order > 0:
            latest, when = [hit], its
        elif order == 0:
            latest.append(hit)
    return latest


def _when(scene: Scene, hit: Hit) -> tuple[int | None, int | None, int | None]:
    """(past -1, now 1 or None; number of the cycle or None; month count or None) beside a hit."""
    # the columns of a pasted table lie far apart
    near = re.sub(r"\s+", " ", before(scene.text, hit.start, 100))[-34:]
    ahead = re.split(r"[,;(]|\b(?:then|but)\b", near)[-1]
    behind = re.split(r"[,;]|\b(?:then|but|and)\b", after(scene.text, hit.end, 34))[0]
    both = ahead + " | " + behind
    phase = 1 if _NOW.search(both) else (-1 if _PAST.search(ahead) else None)
    cycle = _CYCLE.search(behind) or _CYCLE.search(ahead)
    number = None
    if cycle is not None:
        number = int(cycle[1]) if cycle[1] else _WORDS.get(cycle[2]) or (int(cycle[2]) if cycle[2].isdigit() else None)
    dated = _DATE.search(behind) or _DATE.search(ahead)
    month = None
    if dated is not None:
        if dated["m"]:
            month = int(dated["y"]) * 12 + int(dated["m"])
        elif dated[3]:
            month = int(dated[3]) * 12 + int(dated[4])
        elif dated[5]:
            month = int(dated[6]) * 12 + int(dated[5])
        else:
            month = int(dated[8]) * 12 + _MONTHS.index(dated[7]) + 1
    return phase, number, month


_When = tuple["int | None", "int | None", "int | None", "int | None"]  # line, phase, cycle, month


def _order(scene: Scene, first: Hit, one: _When, second: Hit, two: _When) -> int:
    """1 where the second hit is later, -1 where the first is, 0 where the text does not say."""
    for a, b in ((one[0], two[0]), (one[3], two[3]), (one[2], two[2])):
        if a is not None and b is not None and a != b:
            return 1 if b > a else -1
    if (one[1] or 0) != (two[1] or 0):
        return 1 if (two[1] or 0) > (one[1] or 0) else -1
    between = scene.low[first.end : second.start]
    if _LATER_WORDS.search(between) or _NOW.search(between):
        return 1
    return 0
