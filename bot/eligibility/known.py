"""A candidate's facts as a protocol takes them: derived ones worked out when they are first needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from bot.catalogue import concepts
from bot.protocol import TODAY, Derived, Protocol

IS_KNOWN = "?"
"""In front of a fact's name: whether it is known, whatever its value. In front of a derived fact's name: which of
the facts that it rests on are known."""
_FINE = ("date", "number")
"""Kinds with so many values that a judgement is not worth remembering by them, only by what follows from
them.
"""


def is_fine(name: str) -> bool:
    """Whether a fact has more values than are worth remembering one by one."""
    concept = concepts().get(name)
    return concept is not None and concept.kind in _FINE


class Terms:
    """How a protocol takes facts. whole: derived facts read as one; parts: those read fact by fact."""

    def __init__(self, protocol: Protocol) -> None:
        derived = protocol.derived
        self.whole: Mapping[str, Derived] = {n: d for n, d in derived.items() if any(map(is_fine, d.rests_on))}
        self.parts: Mapping[str, Derived] = {n: d for n, d in derived.items() if n not in self.whole}
        self.unstated: Mapping[str, object] = {**dict.fromkeys(concepts()), **protocol.taken_as}


class Known(dict[str, object]):
    """Facts by name, None where not known; a derived fact is worked out once, when it is first read.

    A fact that is not stated counts as the protocol's `taken_as` says.
    """

    __slots__ = ("_terms",)

    def __init__(self, terms: Terms, facts: Mapping[str, object]) -> None:
        super().__init__(terms.unstated)
        self.update(facts)
        self._terms = terms

    def __missing__(self, name: str) -> object:
        if name[0] == IS_KNOWN:
            derived = self._terms.whole.get(name[1:])
            value: object
            if derived is None:
                value = self[name[1:]] is not None
            else:
                value = tuple([base for base in derived.rests_on if self[base] is not None])
        else:
            derived = self._terms.whole.get(name) or self._terms.parts[name]
            value = derived.compute(self.__getitem__)
        self[name] = value
        return value


class Reading:
    """Gives facts and notes, in order, what was read."""

    __slots__ = ("_parts", "_terms", "facts", "read")

    def __init__(self, terms: Terms, facts: Known) -> None:
        self._terms, self._parts, self.facts = terms, terms.parts, facts
        self.read: dict[str, object] = {}

    def __call__(self, name: str) -> object:
        read = self.read
        if name in read:
            return read[name]
        if name in self._parts:
            return self._parts[name].compute(self)
        value = read[name] = self.facts[name]
        return value

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
