"""Refusing what cannot be true of a candidate, with a sentence that says what is wrong and what to do."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime

from bot.facts.concept import Concept
from bot.facts.dates import completed_years, iso_date

LONGEST_LIST = 40
"""More agents than any regimen has: a list this long is a mistake, not a treatment."""


class Implausible(ValueError):  # noqa: N818 - staff read it as a word, and so does the code
    """A value that cannot be true, or is not of the fact's type. The message is one sentence for staff."""


def plausible(concept: Concept, value: object, reference_date: date) -> object:
    """The value in the form that the core keeps, or Implausible.

    Whole numbers become int, ISO dates become date, lists become tuples of lower-case names. None stays None.
    """
    if value is None:
        return None
    return _CHECKS[concept.kind](concept, value, reference_date)


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _refuse(concept: Concept, value: object, expected: str) -> Implausible:
    return Implausible(f"{concept.label} cannot be {_shown(value)}: {expected}.")


def _range_text(concept: Concept) -> str:
    unit = f" {concept.unit}" if concept.unit else ""
    step = f", in steps of {concept.step}" if concept.step is not None else ""
    if concept.maximum is None:
        return f"{concept.minimum}{unit} or more{step}"
    return f"{concept.minimum} to {concept.maximum}{unit}{step}"


def _number(concept: Concept, value: object, reference_date: date) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _refuse(concept, value, f"give a number, {_range_text(concept)}")
    if isinstance(value, float):
        if not math.isfinite(value):
            raise _refuse(concept, value, f"give a number, {_range_text(concept)}")
        value = int(value) if value.is_integer() else value
    _within(concept, value, value)
    return value


def _integer(concept: Concept, value: object, reference_date: date) -> object:
    number = _number(concept, value, reference_date)
    if not isinstance(number, int) or (concept.step is not None and number % concept.step != 0):
        raise _refuse(concept, value, f"give a whole number, {_range_text(concept)}")
    return number


def _within(concept: Concept, value: float | date, given: object) -> None:
    low, high = concept.minimum, concept.maximum
    if (low is not None and value < low) or (high is not None and value > high):  # type: ignore[operator]
        raise _refuse(concept, given, f"give {_range_text(concept)}")


def _bool(concept: Concept, value: object, reference_date: date) -> object:
    if not isinstance(value, bool):
        raise _refuse(concept, value, "give yes or no (true or false)")
    return value


def _date(concept: Concept, value: object, reference_date: date) -> object:
    try:
        day = iso_date(value) if isinstance(value, str) else value
    except ValueError:
        raise _refuse(concept, value, "give a calendar date as YYYY-MM-DD") from None
    if not isinstance(day, date) or isinstance(day, datetime):
        raise _refuse(concept, value, "give a calendar date as YYYY-MM-DD")
    if concept.past_only and day > reference_date:
        raise _refuse(concept, day, f"it lies after {reference_date.isoformat()}; check the date")
    if concept.years_back is not None and completed_years(day, reference_date) > concept.years_back:
        raise _refuse(concept, day, f"that is more than {concept.years_back} years ago; check the date")
    _within(concept, day, day)
    return day


def _choice(concept: Concept, value: object, reference_date: date) -> object:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # True == 1 in Python: a yes must not pass for edition 1.
    if not isinstance(value, bool) and isinstance(value, (str, int)) and value in concept.values:
        return value
    raise _refuse(concept, value, f"it is one of {', '.join(map(str, concept.values))}")


def _list(concept: Concept, value: object, reference_date: date) -> object:
    expected = "give a list of names such as ['cisplatin', 'gemcitabine']"
    if not isinstance(value, (list, tuple)) or len(value) > LONGEST_LIST:
        raise _refuse(concept, value, expected)
    names = []
    for item in value:
        name = " ".join(item.lower().split()) if isinstance(item, str) else ""
        if not name:
            raise _refuse(concept, value, expected)
        names.append(name)
    return tuple(dict.fromkeys(names))


_CHECKS: dict[str, Callable[[Concept, object, date], object]] = {
    "number": _number,
    "integer": _integer,
    "bool": _bool,
    "date": _date,
    "choice": _choice,
    "list": _list,
}
