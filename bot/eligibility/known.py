"""A candidate's facts as a protocol takes them: derived ones worked out when they are first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import cast

from bot.catalogue import concepts
from bot.protocol import TODAY, Derived, Get, Protocol

IS_KNOWN = "?"
"""In front of a fact's name: whether it is known, whatever its value. In front of a derived fact's name: which of
the facts that it rests on are known."""
_FINE = ("date", "number")
"""Kinds with so many values that a judgement is not worth remembering by them, only by what follows from
them.
"""


@lru_cache(maxsize=1)
def fine_facts() -> frozenset[str]:
    """The facts that have more values than are worth remembering one by one."""
    return frozenset(name for name, concept in concepts().items() if concept.kind in _FINE)


class Terms:
    """How a protocol takes facts. whole: derived facts read as one; parts: those read fact by fact."""

    def __init__(self, protocol: Protocol) -> None:
        derived, fine = protocol.derived, fine_facts()
        self.whole: Mapping[str, Derived] = {n: d for n, d in derived.items() if not fine.isdisjoint(d.rests_on)}
        self.parts: Mapping[str, Derived] = {n: d for n, d in derived.items() if n not in self.whole}
        self.unstated: Mapping[str, object] = {**dict.fromkeys(concepts()), **protocol.taken_as}
        self.following: Mapping[str, Callable[[Get], object]] = {
            **{name: fact.compute for name, fact in derived.items()},
            **{IS_KNOWN + name: partial(_is_known, name) for name in concepts()},
            **{IS_KNOWN + name: partial(_are_known, fact.rests_on) for name, fact in self.whole.items()},
        }


def _is_known(name: str, get: Get) -> bool:
    return get(name) is not None


def _are_known(names: tuple[str, ...], get: Get) -> tuple[str, ...]:
    return tuple([name for name in names if get(name) is not None])


class Known(dict[str, object]):
    """Facts by name, None where not known; what follows from them is worked out once, when it is first read.

    A fact that is not stated counts as the protocol's `taken_as` says.
    """

    __slots__ = ("_following",)

    def __init__(self, terms: Terms, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(terms.unstated)
        self._following = terms.following
        if facts is not None:
            self.update(facts)

    def __missing__(self, name: str) -> object:
        value = self[name] = self._following[name](self.__getitem__)
        return value


class Reading:
    """Gives facts and notes, in order, what was read."""

    __slots__ = ("_followed", "_parts", "_terms", "facts", "read")

    def __init__(self, terms: Terms, facts: Known) -> None:
        self._terms, self._parts, self.facts = terms, terms.parts, facts
        self.read: dict[str, object] = {}
        self._followed: dict[str, object] = {}

    def __call__(self, name: str) -> object:
        read = self.read
        if name in read:
            return read[name]
        if name not in self._parts:
            value = read[name] = self.facts[name]
            return value
        if name not in self._followed:
            self._followed[name] = self._parts[name].compute(self)
        return self._followed[name]

    def stated(self) -> tuple[str, ...]:
        """The facts that were read so far and are known, in order; in place of a derived fact those behind it.

        A fact that counts as `taken_as` says is left out. What is looked up here counts as read.
        """
        found: dict[str, None] = {}
        for name in tuple(self.read):
            if name in self._terms.whole:
                found.update(dict.fromkeys(cast("tuple[str, ...]", self(IS_KNOWN + name))))
            elif name[0] != IS_KNOWN and name != TODAY and self.read[name] != self._terms.unstated[name]:
                found[name] = None
        return tuple(found)
