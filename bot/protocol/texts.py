"""Reading wording: {fact}, {limit}, {setting} and {date + 7 days}. A name that does not exist is an error."""

from __future__ import annotations

import re

from bot.catalogue import YamlMap
from bot.catalogue.door import unknown
from bot.facts import Concept
from bot.protocol.derived import TODAY
from bot.protocol.model import Slot, Text
from bot.protocol.scope import Scope

_PLACE = re.compile(r"\{([^{}]*)\}")
_MOVED = re.compile(r"(\w+) ([+-]) (\w+) (days|years)")


def read_text(entry: YamlMap, key: str, scope: Scope) -> Text:
    """The text at a key with its places checked; numbers of limits and settings are filled in.

    Raises DoorError.
    """
    pieces: list[str | Slot] = []
    for index, piece in enumerate(_PLACE.split(entry.words(key))):
        if index % 2 == 1:
            pieces.append(_place(entry, key, piece, scope))
        elif "{" in piece or "}" in piece:
            raise entry.error("a brace is not closed", key)
        elif piece:
            pieces.append(piece)
    return Text(tuple(pieces))


def _place(entry: YamlMap, key: str, name: str, scope: Scope) -> str | Slot:
    if name in scope.limits:
        return str(scope.limits[name])
    if name in scope.settings:
        return str(scope.settings[name].value)
    if name in scope.concepts or name in scope.derived or name == TODAY:
        return Slot(name)
    moved = _MOVED.fullmatch(name)
    if moved is None:
        known = {*scope.limits, *scope.settings, *scope.concepts, *scope.derived, TODAY}
        raise entry.error(unknown("placeholder", name, known), key)
    return _moved(entry, key, moved, scope)


def _moved(entry: YamlMap, key: str, moved: re.Match[str], scope: Scope) -> Slot:
    day, sign, amount, unit = moved.groups()
    concept = scope.concepts.get(day)
    if day != TODAY and not (isinstance(concept, Concept) and concept.kind == "date"):
        raise entry.error(unknown("date", day, _dates(scope)), key)
    if amount not in scope.limits and not amount.isdigit():
        raise entry.error(unknown("limit", amount, scope.limits), key)
    number = scope.limits[amount] if amount in scope.limits else int(amount)
    return Slot(day, -number if sign == "-" else number, unit)


def _dates(scope: Scope) -> tuple[str, ...]:
    return (TODAY, *(name for name, concept in scope.concepts.items() if concept.kind == "date"))
