"""What a protocol file may refer to: facts, derived facts, limits and settings, each with its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from bot.catalogue import YamlMap
from bot.catalogue.door import unknown
from bot.catalogue.drugs import DRUG_KINDS
from bot.facts import Concept, Implausible, plausible
from bot.protocol.derived import KINDS, TODAY
from bot.protocol.model import Derived, Setting


@dataclass
class Scope:
    """Names that are in use while a file is read. limits: name to number, each declared once per file."""

    concepts: Mapping[str, Concept]
    settings: Mapping[str, Setting] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)

    def known(self, name: str) -> bool:
        """Whether the name is in use for anything."""
        return any(name in names for names in (self.concepts, self.settings, self.limits, self.derived, {TODAY}))

    def number_or_setting(self, entry: YamlMap, key: str, value: object) -> object:
        """A value, with $name replaced by that limit or setting. Raises DoorError for an unknown name."""
        if not (isinstance(value, str) and value.startswith("$")):
            return value
        name = value[1:]
        if name in self.limits:
            return self.limits[name]
        if name in self.settings:
            return self.settings[name].value
        raise entry.error(unknown("limit or setting", name, {*self.limits, *self.settings}), key)

    def fact(self, entry: YamlMap, key: object, name: str) -> Concept | Derived:
        """The fact or derived fact of this name. Raises DoorError."""
        found = self.concepts.get(name) or self.derived.get(name)
        if found is None:
            raise entry.error(unknown("fact", name, {*self.concepts, *self.derived}), key)
        return found

    def base_facts(self, name: str) -> tuple[str, ...]:
        """The facts that a fact or derived fact rests on; none for the reference date."""
        if name in self.derived:
            return self.derived[name].rests_on
        return (name,) if name in self.concepts else ()

    def add_limits(self, owner: YamlMap) -> None:
        """Reads `limits`: whole numbers, each name used once."""
        for name, value in owner.take("limits", dict, {}).items():
            at = owner["limits"]
            if isinstance(value, bool) or not isinstance(value, int):
                raise at.error(f"limit {name} must be a whole number, not {value!r}", name)
            if self.known(name):
                raise at.error(f"the name {name!r} is in use already", name)
            self.limits[name] = value

    def add_derived(self, owner: YamlMap) -> None:
        """Reads `derived`: named kinds of bot/protocol/derived.py with their parameters."""
        table = owner.take("derived", dict, {})
        for name in table:
            entry = table.take(name, dict)
            if self.known(name):
                raise table.error(f"the name {name!r} is in use already", name)
            kind_name = entry.words("kind")
            if kind_name not in KINDS:
                raise entry.error(unknown("kind of derived fact", kind_name, KINDS), "kind")
            self.derived[name] = self._derived(name, kind_name, entry)

    def _derived(self, name: str, kind_name: str, entry: YamlMap) -> Derived:
        kind = KINDS[kind_name]
        entry.only(("kind", *kind.parameters))
        parameters = {p: self._parameter(entry, p, what) for p, what in kind.parameters.items()}
        return Derived(name, kind.result, kind.rests_on(parameters), partial(kind.compute, parameters), kind.values)

    def _parameter(self, entry: YamlMap, key: str, what: str) -> Any:
        value = self.number_or_setting(entry, key, entry[key])
        if what == "integer":
            if isinstance(value, bool) or not isinstance(value, int):
                raise entry.error(f"{key} must be a whole number, not {value!r}", key)
            return value
        if what == "date":
            concept = self.concepts.get(str(value))
            if value != TODAY and (concept is None or concept.kind != "date"):
                raise entry.error(f"{key} must name a date fact or {TODAY}, not {value!r}", key)
            return value
        allowed = (*DRUG_KINDS, "any") if what == "drug_kinds" else self._list_facts()
        for item in entry.names(key):
            if item not in allowed:
                raise entry.error(unknown(what.replace("_", " "), item, allowed), key)
        return entry.names(key)

    def _list_facts(self) -> tuple[str, ...]:
        return tuple(name for name, concept in self.concepts.items() if concept.kind == "list")

    def check_value(self, entry: YamlMap, key: object, name: str, value: object) -> object:
        """The value if the fact can have it. Raises DoorError otherwise."""
        fact = self.fact(entry, key, name)
        if isinstance(fact, Concept):
            try:
                return plausible(fact, value, date.max if fact.years_back is None else date(2100, 1, 1))
            except Implausible as error:
                raise entry.error(f"impossible value: {error}", key) from None
        if fact.kind == "choice":
            if value not in fact.values or isinstance(value, bool):
                raise entry.error(f"{name} is one of {', '.join(map(str, fact.values))}, not {value!r}", key)
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            raise entry.error(f"{name} is compared with a number, not {value!r}", key)
        return value

    def ordered(self, name: str) -> bool:
        """Whether the fact can be compared by size."""
        fact = self.concepts.get(name) or self.derived[name]
        return fact.kind in ("number", "integer")
