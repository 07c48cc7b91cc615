"""A candidate's facts as a protocol takes them: derived ones worked out when they are first needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.protocol import TODAY, Protocol

IS_KNOWN = "?"
"""In front of a fact's name: whether it is known, whatever its value."""


class Known(dict[str, object]):
    """Facts by name. `known[name]` is None for a fact that is not known; a derived fact is worked out once.

    A fact that is not stated counts as the protocol's `taken_as` says. `name in known` holds for stated facts.
    """

    __slots__ = ("_derived", "_taken_as")

    def __init__(self, protocol: Protocol, facts: Mapping[str, object]) -> None:
        super().__init__(facts)
        self._derived, self._taken_as = protocol.derived, protocol.taken_as

    def __missing__(self, name: str) -> object:
        derived = self._derived.get(name)
        if derived is not None:
            value = self[name] = derived.compute(self.__getitem__)
            return value
        if name[0] == IS_KNOWN:
            return self[name[1:]] is not None
        return self._taken_as.get(name)


class Reading:
    """Gives facts and notes, in order, which ones were read."""

    __slots__ = ("facts", "read")

    def __init__(self, facts: Known) -> None:
        self.facts = facts
        self.read: dict[str, object] = {}

    def __call__(self, name: str) -> object:
        read = self.read
        if name in read:
            return read[name]
        value = read[name] = self.facts[name]
        return value


def stated(protocol: Protocol, names: Iterable[str], facts: Known) -> tuple[str, ...]:
    """The stated facts behind the names that were read: those that a derived fact rests on in its place."""
    found: dict[str, None] = {}
    for name in names:
        derived = protocol.derived.get(name)
        for base in derived.rests_on if derived is not None else (name,):
            if base in facts and base != TODAY:
                found[base] = None
    return tuple(found)
