"""Facts that follow from other facts, by named kinds that a protocol file refers to.

Each kind says which facts it rests on and works with what is missing: NotKnown names the facts to ask for,
Between gives the limits within which a number lies.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from bot.catalogue import drugs, stage_meaning
from bot.facts import Between, NotKnown, completed_years, completed_years_february, plus_years
from bot.protocol.model import Get

TODAY = "reference_date"
"""The day that ages and relative dates are counted from; given with every evaluation."""


@dataclass(frozen=True)
class Kind:
    """parameters: name to what it must be (date, lists, drug_kinds, integer).

    rests_on and compute take them.
    """

    result: str
    parameters: Mapping[str, str]
    rests_on: Callable[[Mapping[str, Any]], tuple[str, ...]]
    compute: Callable[[Mapping[str, Any], Get], object]
    values: tuple[object, ...] = ()


_AGE_NOT_KNOWN = NotKnown(("age_years",))


def _age(parameters: Mapping[str, Any], get: Get, count: Callable[[date, date], int] = completed_years) -> object:
    """Completed years on the day `at`; from a stated age alone only within a year, where that day is not
    today.
    """
    at: str = parameters["at"]
    birth: Any = get("birth_date")
    stated: Any = get("age_years") if birth is None else None
    if birth is None and stated is None:
        return _AGE_NOT_KNOWN
    day: Any = get(at)
    if day is None:
        return NotKnown((at,))
    if birth is not None:
        return count(birth, day)
    today: Any = get(TODAY)
    years = math.floor(stated)
    if day == today:
        return years
    if day > today:
        ahead = years + completed_years(today, day)
        return Between(ahead, ahead + 1, ("birth_date",))
    back = years - completed_years(day, today)
    return Between(back - 1, back, ("birth_date",))


def _age_february(parameters: Mapping[str, Any], get: Get) -> object:
    """The same, where someone born on 29 February completes the year on 28 February."""
    return _age(parameters, get, completed_years_february)


def _age_with_months(parameters: Mapping[str, Any], get: Get) -> object:
    """Age with its fraction of a year, as far as it was stated or follows from the birth date."""
    birth: Any = get("birth_date")
    day: Any = get(parameters["at"])
    stated = get("age_years")
    if birth is not None and day is not None:
        years = completed_years(birth, day)
        return years + (day - plus_years(birth, years)).days / 366
    if stated is None or parameters["at"] != TODAY:
        return _AGE_NOT_KNOWN
    return stated


def _age_difference(parameters: Mapping[str, Any], get: Get) -> object:
    """Stated completed years less those that the birth date gives today."""
    stated: Any = get("age_years")
    birth: Any = get("birth_date") if stated is not None else None
    if birth is None:
        return _AGE_NOT_KNOWN
    today: Any = get(TODAY)
    years = math.floor(stated)
    if years == completed_years_february(birth, today):
        return 0
    return years - completed_years(birth, today)


def _days_between(parameters: Mapping[str, Any], get: Get) -> object:
    """Calendar days from the first date to the second; negative where the second comes first."""
    first: Any = get(parameters["first"])
    second: Any = get(parameters["second"])
    if first is None:
        return NotKnown((parameters["first"],) if second is not None else (parameters["first"], parameters["second"]))
    if second is None:
        return NotKnown((parameters["second"],))
    return (second - first).days


def _drugs_of_kind(parameters: Mapping[str, Any], get: Get) -> object:
    """How many drugs of the lists are of these kinds.

    A name that the drug list does not hold may be of any kind, or stand for a whole regimen ("GP"): with one
    of them there is no upper limit.
    """
    kinds, low, missing = parameters["of"], 0, []
    for name in parameters["lists"]:
        agents = cast("tuple[str, ...] | None", get(name))
        if agents is None:
            return NotKnown((name,))
        low += _count(agents, kinds)
        if "any" not in kinds and _unlisted(agents) > 0:
            missing.append(name)
    return Between(low, None, tuple(missing)) if missing else low


def _named_drugs(parameters: Mapping[str, Any], get: Get) -> object:
    """How many drugs of these kinds are named; a list that is not known, or a drug not listed, adds none."""
    lists = (cast("tuple[str, ...] | None", get(name)) for name in parameters["lists"])
    return sum(_count(agents, parameters["of"]) for agents in lists if agents is not None)


def _drugs_not_listed(parameters: Mapping[str, Any], get: Get) -> object:
    """How many named drugs the drug list does not hold."""
    lists = (cast("tuple[str, ...] | None", get(name)) for name in parameters["lists"])
    return sum(_unlisted(agents) for agents in lists if agents is not None)


def _count(agents: tuple[str, ...], kinds: tuple[str, ...]) -> int:
    if "any" in kinds:
        return len(agents)
    return sum(1 for agent in agents if agent in drugs() and drugs()[agent].kind in kinds)


def _unlisted(agents: tuple[str, ...]) -> int:
    return sum(1 for agent in agents if agent not in drugs())


def _stage_says(parameters: Mapping[str, Any], get: Get) -> object:
    """M0, M1, M1a or M1b, as the stage group means in its edition."""
    group = get("stage_group")
    edition = get("staging_edition") if group is not None else None
    if group is None or edition is None:
        return NotKnown(("m_category",))
    meaning = stage_meaning(cast(str, group), cast(int, edition))
    return meaning.m if meaning is not None else NotKnown(("m_category",))


def _stage_m(parameters: Mapping[str, Any], get: Get) -> object:
    """M0 or M1, as the stage group means in its edition."""
    says = _stage_says(parameters, get)
    return says if isinstance(says, NotKnown) else cast(str, says)[:2]


def _m_status(parameters: Mapping[str, Any], get: Get) -> object:
    """M0 or M1: from the M category, else from the lesion count, else from stage group and edition."""
    m, count = get("m_category"), cast("int | None", get("metastatic_lesion_count"))
    if m is not None:
        return cast(str, m)[:2]
    if count is not None:
        return "M1" if count > 0 else "M0"
    return _stage_m(parameters, get)


def _m_extent(parameters: Mapping[str, Any], get: Get) -> object:
    """M0, M1a (few lesions) or M1b: from category and count, else from a stage that is not a mere echo."""
    m, count = get("m_category"), cast("int | None", get("metastatic_lesion_count"))
    if m in ("M0", "M1a", "M1b"):
        return m
    if count is not None:
        few = "M1a" if count > 0 else "M0"
        return few if count <= parameters["few_at_most"] else "M1b"
    group, edition = get("stage_group"), get("staging_edition")
    if group is not None and edition is not None:
        meaning = stage_meaning(cast(str, group), cast(int, edition))
        if meaning is not None and meaning.m != "M1" and not meaning.echo:
            return meaning.m
    return NotKnown(("metastatic_lesion_count",))


def _fixed(*names: str) -> Callable[[Mapping[str, Any]], tuple[str, ...]]:
    return lambda parameters: names


def _at(parameters: Mapping[str, Any]) -> tuple[str, ...]:
    return ("age_years", "birth_date", *(name for name in (parameters["at"],) if name != TODAY))


def _lists(parameters: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(parameters["lists"])


_STAGE = ("stage_group", "staging_edition")
_M = ("m_category", "metastatic_lesion_count", *_STAGE)

KINDS: Mapping[str, Kind] = {
    "completed_age": Kind("integer", {"at": "date"}, _at, _age),
    "age_with_months": Kind("number", {"at": "date"}, _at, _age_with_months),
    "age_on_28_february": Kind("integer", {"at": "date"}, _at, _age_february),
    "age_difference": Kind("integer", {}, _fixed("age_years", "birth_date"), _age_difference),
    "days_between": Kind(
        "integer", {"first": "date", "second": "date"}, lambda p: (p["first"], p["second"]), _days_between
    ),
    "drugs_of_kind": Kind("integer", {"lists": "lists", "of": "drug_kinds"}, _lists, _drugs_of_kind),
    "named_drugs": Kind("integer", {"lists": "lists", "of": "drug_kinds"}, _lists, _named_drugs),
    "drugs_not_listed": Kind("integer", {"lists": "lists"}, _lists, _drugs_not_listed),
    "stage_says": Kind("choice", {}, _fixed(*_STAGE), _stage_says, ("M0", "M1", "M1a", "M1b")),
    "stage_m": Kind("choice", {}, _fixed(*_STAGE), _stage_m, ("M0", "M1")),
    "m_status": Kind("choice", {}, _fixed(*_M), _m_status, ("M0", "M1")),
    "m_extent": Kind("choice", {"few_at_most": "integer"}, _fixed(*_M), _m_extent, ("M0", "M1a", "M1b")),
}
