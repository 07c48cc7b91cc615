"""Reading `when`: conditions on facts, derived facts and settings."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalogue import YamlMap
from bot.catalogue.door import unknown
from bot.protocol.model import Condition, Every, Fixed, Some, Test
from bot.protocol.scope import Scope

_SIZES = ("at_least", "at_most", "above", "below")
_SETTING = "setting."


def read_condition(entry: YamlMap, scope: Scope) -> Every:
    """The mapping behind `when`: all its entries must hold. Raises DoorError."""
    if len(entry) == 0:
        raise entry.error("a condition is missing here; use `otherwise` for the last row")
    return Every(tuple(c for key in entry for c in _entry(entry, key, scope)))


def _entry(entry: YamlMap, key: object, scope: Scope) -> Iterator[Condition]:
    if not isinstance(key, str):
        raise entry.error(f"{key!r} is not a fact", key)
    if key == "any":
        branches = entry.take("any", list)
        if len(branches) == 0 or not all(isinstance(branch, YamlMap) for branch in branches):
            raise entry.error("any must be a list of conditions", key)
        yield Some(tuple(read_condition(branch, scope) for branch in branches))
    elif key.startswith(_SETTING):
        yield _setting(entry, key, scope)
    else:
        scope.fact(entry, key, key)
        yield from _fact(entry, key, scope)


def _setting(entry: YamlMap, key: str, scope: Scope) -> Fixed:
    """A condition on a setting is decided while the file is read."""
    name, wanted = key[len(_SETTING) :], entry[key]
    if name not in scope.settings:
        raise entry.error(unknown("setting", name, scope.settings), key)
    setting = scope.settings[name]
    if isinstance(wanted, YamlMap):
        wanted.only(("known",))
        return Fixed((setting.value is not None) == wanted.take("known", bool))
    values = wanted if isinstance(wanted, list) else [wanted]
    for value in values:
        if value not in setting.values:
            raise entry.error(unknown(f"value of {name}", value, tuple(setting.values)), key)
    return Fixed(setting.value in values)


def _fact(entry: YamlMap, name: str, scope: Scope) -> Iterator[Condition]:
    wanted = entry[name]
    if isinstance(wanted, YamlMap):
        wanted.only((), (*_SIZES, "not", "known"))
        if len(wanted) == 0:
            raise entry.error(f"a condition on {name} is missing here", name)
        _check_span(wanted, scope)
        for op in wanted:
            yield _comparison(wanted, op, name, scope)
    elif isinstance(wanted, list):
        yield Test(name, "one_of", tuple(scope.check_value(entry, name, name, value) for value in wanted))
    else:
        value = scope.number_or_setting(entry, name, wanted)
        yield Test(name, "is", scope.check_value(entry, name, name, value))


def _comparison(wanted: YamlMap, op: str, name: str, scope: Scope) -> Condition:
    if op == "known":
        return Test(name, "known", wanted.take("known", bool))
    value = scope.number_or_setting(wanted, op, wanted[op])
    if value is None:
        return Fixed(False)  # a limit that is not set is never reached
    if op in _SIZES and not scope.ordered(name):
        raise wanted.error(f"{name} has no size that {op} could compare", op)
    return Test(name, op, scope.check_value(wanted, op, name, value))


def _check_span(wanted: YamlMap, scope: Scope) -> None:
    """Refuses a span that nothing can lie in."""
    found = {op: scope.number_or_setting(wanted, op, wanted[op]) for op in wanted if op in _SIZES}
    lows = [v for op, v in found.items() if op in ("at_least", "above") and isinstance(v, (int, float))]
    highs = [v for op, v in found.items() if op in ("at_most", "below") and isinstance(v, (int, float))]
    if lows and highs and max(lows) > min(highs):
        raise wanted.error(f"impossible range: nothing is from {max(lows)} to {min(highs)}")


def facts_in(condition: Condition, scope: Scope) -> Iterator[str]:
    """The facts that a condition rests on, derived facts resolved, in the order of the file."""
    if isinstance(condition, Test):
        yield from scope.base_facts(condition.fact)
    elif isinstance(condition, (Every, Some)):
        for inner in condition.conditions:
            yield from facts_in(inner, scope)
