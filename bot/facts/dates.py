"""Calendar arithmetic in whole days and completed years. Nothing here knows what day it is today."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta


def iso_date(text: str) -> date:
    """A date written YYYY-MM-DD. Raises ValueError for anything else."""
    return date.fromisoformat(text)


def completed_years(birth: date, on: date) -> int:
    """Completed years of life on a day. Negative before birth.

    Someone born on 29 February completes a year on 1 March of a common year.
    """
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def completed_years_february(birth: date, on: date) -> int:
    """Completed years where someone born on 29 February completes a year on 28 February of a common year.

    Local rules differ on that one day; everywhere else it is the same as completed_years.
    """
    eve = (birth.month, birth.day) == (2, 29) and (on.month, on.day) == (2, 28) and not isleap(on.year)
    return completed_years(birth, on) + eve


def plus_years(day: date, years: int) -> date:
    """The same calendar day some years later; 29 February becomes 1 March in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def plus_days(day: date, days: int) -> date:
    """The day some calendar days later, or earlier where days is negative."""
    return day + timedelta(days=days)
