"""Dates in a text.

A date whose figures allow two readings, a month without a day, "last week": these are found too, with their
doubt and the readings they could have. Nothing is filled in but the year of a date that lies close to the
reference date.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.extraction.en.date_patterns import numbers_of, patterns
from bot.extraction.en.numbers import small_number
from bot.extraction.en.spoken_dates import day_of, year_of
from bot.extraction.en.topics import about
from bot.extraction.lexicon import lexicon
from bot.extraction.mention import Scene

DATE_FACTS = ("birth_date", "icf_date", "pregnancy_test_date", "enrollment_date")
NEAR = 270  # days from the reference date within which a date without its year is taken as the nearest one
_MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in the text. value is None where a doubt stands; options are the readings it could have.

    month_day: (month, day) of a date without year; month 0: "the 18th", without a month. weekday: 0-6 of a
    readings: the (month, day) pairs of figures that can be read both ways. weekday: 0-6 of a
    weekday without date, with direction -1 (last), 1 (next) or 0 (not said).
    """

    start: int
    end: int
    value: date | None = None
    doubt: str | None = None
    options: tuple[date, ...] = ()
    month_day: tuple[int, int] | None = None
    readings: tuple[tuple[int, int], ...] = ()
    weekday: tuple[int, int] | None = None


def say(day: date) -> str:
    """A date as staff read it: "3 April 2026"."""
    return f"{day.day} {_MONTH_NAMES[day.month - 1]} {day.year}"


def make(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(written: str, reference: date | None) -> int:
    """The year meant by two or four figures; two figures are never far in the future."""
    year = int(written)
    if len(written) > 2:
        return year
    this = (reference or date(2026, 1, 1)).year % 100
    return year + (2000 if year <= this + 3 else 1900)


def find_dates(scene: Scene, language: str = "en") -> list[FoundDate]:
    """Every date in the text, left to right, never overlapping; the fuller reading of the same words wins."""
    found: list[FoundDate] = []
    taken: list[tuple[int, int]] = []
    for name, pattern in patterns(language).items():
        for match in pattern.finditer(scene.low):
            start, end = match.span()
            if _overlaps(taken, start, end):
                continue
            item = _READ[name](match, scene, language)
            if item is not None:
                found.append(item)
                taken.insert(bisect_left(taken, (start, end)), (start, end))
    return sorted(found, key=lambda item: item.start)


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(taken, (start, end))
    return any(a < end and start < b for a, b in taken[max(0, index - 1) : index + 1])


def _whole(match: re.Match[str], year: int, month: int, day: int) -> FoundDate | None:
    value = make(year, month, day)
    start, end = match.span()
    if value is None:
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        return FoundDate(start, end, doubt=f'"{match.group().strip()}" is no day of the calendar.')
    return FoundDate(start, end, value)


def _two_readings(match: re.Match[str], readings: Iterable[date | None]) -> FoundDate | None:
    options = tuple(sorted({day for day in readings if day is not None}))
    start, end = match.span()
    if not options:
        return None
    if len(options) == 1:
        return FoundDate(start, end, options[0])
    could = " or ".join(say(day) for day in options)
    return FoundDate(start, end, doubt=f'"{match.group().strip()}" can be {could}.', options=options)


def _read_ymd(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    return _whole(match, int(match["y"]), int(match["m"]), int(match["d"]))


# "7.2.59 (dd.mm.yy)": the writer says which figure is the day.
_ORDER = re.compile(
    r"(?<![a-z])(?:dd?[./\s-]?mm?[./\s-]?y{2,4}|mm?[./\s-]?dd?[./\s-]?y{2,4}|day first|month first)(?![a-z])"
)


def _read_dmy(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    a, b, written = int(match["a"]), int(match["b"]), match["y"]
    year = full_year(written, scene.reference_date)
    order = _ORDER.search(scene.low, match.end(), match.end() + 16) or _ORDER.search(
        scene.low, max(0, match.start() - 30), match.start()
    )
    if order is not None:
        return _whole(match, year, *((b, a) if order.group().startswith("d") else (a, b)))
    readings = [make(year, b, a), make(year, a, b)]
    near = (scene.reference_date or date(2026, 1, 1)).year
    if len(written) == 2 and abs(2000 + a - near) <= 1:  # 26/11/25: year first, as in East Asia
        readings.append(make(2000 + a, b, int(written)))
    if not any(readings) and (1 <= a <= 31 and 1 <= b <= 12):
        return FoundDate(*match.span(), doubt=f'"{match.group().strip()}" is no day of the calendar.')
    return _two_readings(match, readings)


def _read_chinese(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    start, end = match.span()
    if match["m"] is None or match["d"] is None:
        return FoundDate(start, end, doubt=f'"{match.group().strip()}" has no day.')
    if match["y"] is None:
        return _no_year(match, int(match["m"]), int(match["d"]))
    return _whole(match, int(match["y"]), int(match["m"]), int(match["d"]))


def _no_year(match: re.Match[str], month: int, day: int) -> FoundDate | None:
    start, end = match.span()
    if make(2024, month, day) is None:
        known = 1 <= month <= 12 and 1 <= day <= 31
        return FoundDate(start, end, doubt=f'"{match.group().strip()}" is no day of the calendar.') if known else None
    return FoundDate(start, end, month_day=(month, day))


def _read_named(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    month, day = numbers_of(language, "months")[match["mon"]], int(match["d"])
    groups = match.groupdict()
    written = groups.get("y") or groups.get("y3") or groups.get("y4")
    if written is None:
        return _no_year(match, month, day)
    return _whole(match, full_year(written, scene.reference_date), month, day)


def _read_spoken(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    month, day = numbers_of(language, "months")[match["mon"] or match["mon2"]], day_of(match["dw"], language)
    year = int(match["y"]) if match["y"] else year_of(match["yw"], language) if match["yw"] else None
    if day is None:
        return None
    return _no_year(match, month, day) if year is None else _whole(match, year, month, day)


def _read_spoken_month(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    month, day = numbers_of(language, "months")[match["mon"]], day_of(match["dw"], language)
    year = int(match["y"]) if match["y"] else year_of(match["yw"], language) if match["yw"] else None
    if day is None:
        return None
    return _no_year(match, month, day) if year is None else _whole(match, year, month, day)


def _read_dotted(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    day, month = int(match["a"]), int(match["b"])
    return None if make(2024, month, day) is None else FoundDate(match.start("a"), match.end(), month_day=(month, day))


def _read_no_day(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    start, end = match.span()
    return FoundDate(start, end, doubt=f'"{match.group().strip()}" does not give the day.')


def _read_short(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    a, b = int(match["a"]), int(match["b"])
    start, end = match.span()
    by_day, by_month = make(2024, b, a), make(2024, a, b)
    if by_day is None and by_month is None:
        return None
    if by_day is not None and by_month is not None and a != b:
        words = f"{a} {_MONTH_NAMES[b - 1]} or {b} {_MONTH_NAMES[a - 1]}"
        year = (scene.reference_date or date(2026, 1, 1)).year
        options = tuple(sorted(day for day in (make(year, b, a), make(year, a, b)) if day is not None))
        doubt = f'"{match.group()}" can be {words}.'
        return FoundDate(start, end, doubt=doubt, options=options, readings=((b, a), (a, b)))
    return _no_year(match, b, a) if by_day is not None else _no_year(match, a, b)


def _read_nth(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    start, end = match.span()
    return FoundDate(start, end, month_day=(0, int(match["d"])))


def _read_ago(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    groups = match.groupdict()
    count = small_number(groups.get("n") or groups.get("n2") or "", language)
    unit = groups.get("u") or groups.get("u2") or "d"
    start, end = match.span()
    if count is None or count > 3000:
        return None
    if scene.reference_date is None:
        return FoundDate(start, end, doubt=f'"{match.group()}" needs the day of the message.')
    if unit.startswith(("m", "h")):  # minutes and a few hours ago: today
        if unit.startswith("h") and count > 8:
            return FoundDate(start, end, doubt=f'"{match.group()}" does not give the day.')
        return FoundDate(start, end, scene.reference_date)
    days = count * (7 if unit.startswith("w") else 1)
    forward = match.re is patterns(language)["in"]
    return FoundDate(start, end, scene.reference_date + timedelta(days=days if forward else -days))


def _read_from_event(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    start, end = match.span()
    return FoundDate(start, end, doubt=f'"{match.group()}" is counted from another day; the date itself is needed.')


def _read_day(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    start, end = match.span()
    offset = numbers_of(language, "day_words")[re.sub(r"[\s-]+", " ", match.group())]
    if scene.reference_date is None:
        return FoundDate(start, end, doubt=f'"{match.group()}" needs the day of the message.')
    return FoundDate(start, end, scene.reference_date + timedelta(days=offset))


def _read_weekday(match: re.Match[str], scene: Scene, language: str) -> FoundDate | None:
    start, end = match.span()
    word = match["wd"]
    said = match["dir"] or match["dirc"] or ""
    if len(word) <= 4 and not said and word in ("sat", "sun", "mon", "wed") and scene.asked not in DATE_FACTS:
        return None  # "sat at home", "sun exposure"
    direction = -1 if said in ("last", "past", "this past", "上") else 1 if said and said not in ("on", "this") else 0
    return FoundDate(start, end, weekday=(numbers_of(language, "weekdays")[word], direction))


_READ = {
    "spoken": _read_spoken, "spoken_month": _read_spoken_month, "dotted": _read_dotted, "solid_dmy": _read_dmy,
    "chinese": _read_chinese, "ymd": _read_ymd, "dmy": _read_dmy, "solid": _read_ymd, "day_month": _read_named,
    "month_day": _read_named, "month_year": _read_no_day, "figures_month_year": _read_no_day, "short": _read_short,
    "ago": _read_ago, "nth": _read_nth, "in": _read_ago, "from_event": _read_from_event, "day": _read_day,
    "weekday": _read_weekday, "bare_month": _read_no_day, "bare_year": _read_no_day, "vague": _read_no_day,
}  # fmt: skip


def settle(item: FoundDate, fact: str, reference: date | None) -> FoundDate:
    """The date as the date of this fact: a missing year or a weekday is filled in where only one day is near."""
    if item.value is not None:
        return item
    if item.doubt is not None:
        return _possible(item, fact, reference)
    if reference is None or fact == "birth_date":
        what = "the year" if item.month_day else "the date"
        return FoundDate(item.start, item.end, doubt=f"This gives no full date; {what} is missing.")
    if item.weekday is not None:
        return FoundDate(item.start, item.end, _weekday(item.weekday, fact, reference))
    assert item.month_day is not None
    month, day = item.month_day
    if month:
        tried = [make(reference.year + step, month, day) for step in (-1, 0, 1)]
    else:
        months = [(reference.year * 12 + reference.month - 1 + step) for step in (-2, -1, 0, 1, 2)]
        tried = [make(number // 12, number % 12 + 1, day) for number in months]
    days = [d for d in tried if d is not None]
    if not month and fact == "enrollment_date":
        days = [d for d in days if d >= reference] or days
    if fact != "enrollment_date":  # what has been done lies in the past
        days = [d for d in days if d <= reference] or days
    if not days:
        return FoundDate(item.start, item.end, doubt="This gives no full date; the month is missing.")
    nearest = min(days, key=lambda d: abs((d - reference).days))
    if abs((nearest - reference).days) <= NEAR:
        return FoundDate(item.start, item.end, nearest)
    doubt = f"The year is missing; is it {say(nearest)}?"
    return FoundDate(item.start, item.end, doubt=doubt, options=(nearest,))


def _possible(item: FoundDate, fact: str, reference: date | None) -> FoundDate:
    """A doubtful date with the readings that this fact can have: what has been done does not lie ahead."""
    if reference is None or not item.options:
        return item
    options = item.options
    if item.readings and fact == "birth_date":
        options = ()  # no year, and none can be supposed
    elif item.readings:
        options = tuple(
            day for pair in item.readings if (day := _nearest_year(*pair, reference, fact != "enrollment_date"))
        )
    elif fact != "enrollment_date":
        options = tuple(day for day in options if day <= reference) or options
    return replace(item, options=tuple(sorted(options)))


def _nearest_year(month: int, day: int, reference: date, past: bool) -> date | None:
    """The day of that month nearest to the reference date, not after it where it must be past."""
    tried = (make(reference.year + step, month, day) for step in (-1, 0, 1))
    days = [d for d in tried if d is not None and not (past and d > reference)]
    return min(days, key=lambda d: abs((d - reference).days)) if days else None


def stands_alone(words: str, fact: str, language: str = "en") -> bool:
    """Whether the words around a date leave it a date of this fact: they name it, or say nothing of their own."""
    if about(words, fact, language):
        return True
    beside = {*lexicon(language)["dates"]["beside_a_date"], *numbers_of(language, "weekdays")}
    return all(word in beside for word in re.findall(r"[^\W\d_][\w'-]*", words))


def _weekday(weekday: tuple[int, int], fact: str, reference: date) -> date:
    number, direction = weekday
    if direction == 0:
        direction = 1 if fact == "enrollment_date" else -1
    ahead = (number - reference.weekday()) % 7 or 7
    return reference + timedelta(days=ahead if direction > 0 else ahead - 7 if ahead < 7 else -7)
