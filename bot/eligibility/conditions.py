"""Conditions at work: each becomes a function from facts to a truth and the facts that would settle it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from bot.eligibility.known import IS_KNOWN, fine_facts
from bot.eligibility.logic import AND, OR, Truth, truth
from bot.facts import Between, NotKnown
from bot.protocol import Condition, Every, Fixed, Get, Some, Test

Open = tuple[str, ...]
Check = Callable[[Get], tuple[Truth, Open]]
"""Gives whether a condition holds, and where that is unknown the facts to ask for."""

_T, _F, _U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
_YES: tuple[Truth, Open] = (_T, ())
_NO: tuple[Truth, Open] = (_F, ())
_SIZES: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "above": operator.gt,
    "below": operator.lt,
    "is": operator.eq,
    "not": operator.ne,
}


def check_of(condition: Condition) -> Check:
    """The condition as a function. Facts are read through `get` only, in the order of the protocol file."""
    if isinstance(condition, Fixed):
        fixed = (truth(condition.holds), ())
        return lambda get: fixed
    if isinstance(condition, Every):
        return _every(tuple(map(check_of, condition.conditions)))
    if isinstance(condition, Some):
        return _some(tuple(map(check_of, condition.conditions)))
    return _test(condition)


def _every(checks: tuple[Check, ...]) -> Check:
    def every(get: Get) -> tuple[Truth, Open]:
        result, missing = _T, Open()
        for check in checks:
            held, open_facts = check(get)
            if held is _T:
                continue  # as AND says, whatever the result so far
            result = AND[result, held]
            if result is _F:
                return _F, ()
            # The first fact that is not known is asked for; what it gates can wait.
            if held is _U and not missing:
                missing = open_facts
        return result, missing

    return every


def _some(checks: tuple[Check, ...]) -> Check:
    def some(get: Get) -> tuple[Truth, Open]:
        result, missing = _F, Open()
        for check in checks:
            held, open_facts = check(get)
            result = OR[result, held]
            if result is _T:
                return _T, ()
            missing += open_facts
        return result, missing

    return some


def _test(test: Test) -> Check:
    name, operand = test.fact, test.operand
    if test.op == "known":
        if name in fine_facts():
            question = IS_KNOWN + name
            return lambda get: (truth(get(question) == operand), ())
        return lambda get: (truth((get(name) is not None) == operand), ())
    if test.op == "one_of":
        return _compared(name, lambda value: value in operand)  # type: ignore[operator]
    compare = _SIZES[test.op]
    return _compared(name, lambda value: compare(value, operand), test.op, operand)


def _compared(name: str, holds: Callable[[object], bool], op: str = "", operand: object = None) -> Check:
    def compared(get: Get) -> tuple[Truth, Open]:
        value = get(name)
        if value is None:
            return _U, (name,)
        if isinstance(value, NotKnown):
            return _U, value.missing
        if isinstance(value, Between):
            held = within(value, op, operand)
            return held, value.missing if held is _U else ()
        return _YES if holds(value) else _NO

    return compared


def within(limits: Between, op: str, operand: object) -> Truth:
    """Whether a number known only to lie within limits compares so: true or false where both ends agree."""
    low, high = limits.low, limits.high
    wanted = operand if isinstance(operand, (int, float)) else None
    if wanted is None:
        return _U
    inside = low <= wanted and (high is None or wanted <= high)
    if op in ("is", "not"):
        return _U if inside else truth(op == "not")
    compare = _SIZES[op]
    at_low = compare(low, wanted)
    at_high = op in ("at_least", "above") if high is None else compare(high, wanted)
    return truth(at_low) if at_low == at_high else _U
