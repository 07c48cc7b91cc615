"""Checking one fact by its name: the one door through which values enter the core."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from bot.catalogue.concepts import concepts
from bot.catalogue.door import unknown
from bot.catalogue.drugs import spellings
from bot.facts import Concept, Implausible, plausible, plus_years

_REMEMBERED = 20_000
"""Values kept per fact; then they are forgotten, so memory stays bounded whatever comes in."""

Passed = tuple[type, object, "date | None", date]
"""A value's type (True must not pass for 1), how it is kept, and the first and last reference date on which it is
plausible; first None: it is plausible on any day.
"""

_passed: dict[str, dict[object, Passed]] = {}


def drug_name(name: str) -> str:
    """The generic name of a listed drug; any other name as it is."""
    return spellings().get(name, name)


def check_facts(
    facts: Mapping[str, object], reference_date: date, into: dict[str, object] | None = None
) -> dict[str, object]:
    """All facts that are not None, each as check_fact gives it, in a new dict or put into a given one.

    Raises Implausible.
    """
    passed, kept = _passed, into if into is not None else {}
    for name, value in facts.items():
        if value is None:
            if name not in concepts():
                _check(name, value, reference_date)
            continue
        if value.__class__ is list:
            value = tuple(cast("list[object]", value))
        try:  # as in check_fact, written out because this is where most of a screening run passes
            kind, checked, first, last = passed[name][value]
            if kind is value.__class__ and (first is None or first <= reference_date <= last):
                kept[name] = checked
                continue
        except (KeyError, TypeError):
            pass
        kept[name] = _check(name, value, reference_date)
    return kept


def check_fact(name: str, value: object, reference_date: date) -> object:
    """The value as the core keeps it: int, float, bool, str, date, tuple of generic names, or None.

    Raises Implausible, with a sentence for staff, for an unknown fact, a wrong type or a value that cannot be
    true.
    """
    if value.__class__ is list:
        value = tuple(cast("list[object]", value))
    try:
        kind, checked, first, last = _passed[name][value]
        if kind is value.__class__ and (first is None or first <= reference_date <= last):
            return checked
    except (KeyError, TypeError):  # not seen before, or it holds something that cannot be looked up
        pass
    return _check(name, value, reference_date)


def _check(name: str, value: object, reference_date: date) -> object:
    concept = concepts().get(name)
    if concept is None:
        raise Implausible(f"U{unknown('fact', name, concepts())[1:]}")
    if isinstance(value, list):
        value = tuple(value)
    checked = plausible(concept, value, reference_date)
    if isinstance(checked, tuple):
        checked = tuple(dict.fromkeys(map(drug_name, checked)))
    known = _passed.setdefault(name, {})
    if len(known) >= _REMEMBERED:
        known.clear()
    known[value] = (value.__class__, checked, *_plausible_on(concept, checked))
    return checked


def _plausible_on(concept: Concept, checked: object) -> tuple[date | None, date]:
    """First and last reference date on which a value that passed once passes again; first None for any day."""
    if not isinstance(checked, date) or not concept.past_only:
        return None, date.max
    last = date.max if concept.years_back is None else plus_years(checked, concept.years_back)
    return checked, last
