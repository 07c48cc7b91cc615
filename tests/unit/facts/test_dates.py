"""Completed years and calendar days."""

from __future__ import annotations

from datetime import date

import pytest

from bot.facts import completed_years, completed_years_february, plus_days, plus_years


@pytest.mark.parametrize(
    ("birth", "on", "march", "february"),
    [
        (date(1956, 11, 22), date(2026, 11, 21), 69, 69),
        (date(1956, 11, 22), date(2026, 11, 22), 70, 70),
        (date(1955, 11, 23), date(2026, 11, 22), 70, 70),
        (date(2008, 2, 29), date(2026, 2, 28), 17, 18),
        (date(2008, 2, 29), date(2026, 3, 1), 18, 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19, 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20, 20),
    ],
)
def test_completed_years(birth: date, on: date, march: int, february: int) -> None:
    assert completed_years(birth, on) == march
    assert completed_years_february(birth, on) == february


def test_the_same_day_some_years_later() -> None:
    assert plus_years(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert plus_years(date(2008, 2, 29), 20) == date(2028, 2, 29)
    assert plus_days(date(2026, 11, 22), 7) == date(2026, 11, 29)
