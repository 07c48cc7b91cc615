"""Checking one fact by its name: the one door through which values enter the core."""

from __future__ import annotations

from datetime import date

from bot.catalogue.concepts import concepts
from bot.catalogue.door import unknown
from bot.catalogue.drugs import spellings
from bot.facts import Implausible, plausible

_REMEMBERED = 20_000
_seen: dict[tuple[str, type, object], object] = {}
"""Values that passed, by fact and type (True must not pass for 1). Dates are compared with the reference date anew."""


def drug_name(name: str) -> str:
    """The generic name of a listed drug; any other name as it is."""
    return spellings().get(name, name)


def check_fact(name: str, value: object, reference_date: date) -> object:
    """The value as the core keeps it: int, float, bool, str, date, tuple of generic names, or None.

    Raises Implausible, with a sentence for staff, for an unknown fact, a wrong type or a value that cannot be true.
    """
    if value.__class__ is list:
        value = tuple(value)  # type: ignore[arg-type]
    key = (name, value.__class__, value)
    try:
        return _seen[key]
    except (KeyError, TypeError):  # not seen before, or holds something that cannot be looked up
        pass
    concept = concepts().get(name)
    if concept is None:
        raise Implausible(f"U{unknown('fact', name, concepts())[1:]}")
    checked = plausible(concept, value, reference_date)
    if isinstance(checked, tuple):
        checked = tuple(dict.fromkeys(map(drug_name, checked)))
    if not concept.past_only:
        if len(_seen) >= _REMEMBERED:
            _seen.clear()
        _seen[key] = checked
    return checked
