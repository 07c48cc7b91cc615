"""Loading a protocol: everything is checked at the door, nothing in a file is silently ignored."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from bot.catalogue import DATA, YamlMap, concepts, load_yaml
from bot.catalogue.door import unknown
from bot.protocol.conditions import facts_in, read_condition
from bot.protocol.model import ContradictionRow, Criterion, Derived, Protocol, Wordings
from bot.protocol.scope import Scope
from bot.protocol.settings import SettingError, read_settings
from bot.protocol.tables import APPLIES, facts_of, read_notes, read_parts, read_table, read_until
from bot.protocol.texts import read_text

PROTOCOLS = DATA / "protocols"
_REQUIRED = ("id", "title", "registry_id", "version", "disclaimer", "criteria")
_OPTIONAL = ("settings", "taken_as", "open_points")
_CRITERION = ("id", "number", "label", "sentence", "plain", "why", "parts")
_CRITERION_OPTIONAL = ("names", "open_points", "limits", "derived", "applies", "notes", "holds_until")
_WORDINGS = {
    "not_known": {"missing"},
    "settle": {"contradictions"},
    "setting_note": {"setting", "value", "default", "means"},
    "change_to_value": {"label", "values", "criterion", "status"},
    "change_of_record": {"label", "values", "criterion", "status"},
    "values_joined": set[str](),
}


def protocol_ids(folder: Path = PROTOCOLS) -> tuple[str, ...]:
    """The ids of the protocols in a folder: the names of their files."""
    return tuple(sorted(path.stem for path in folder.glob("*.yml")))


def load_protocol(
    protocol_id: str = "nct07188584",
    settings: Mapping[str, object] | None = None,
    folder: Path = PROTOCOLS,
) -> Protocol:
    """The protocol with the wanted settings in force; the same object while file and settings are the same.

    Raises LookupError for an id without a file, SettingError for a setting, DoorError for a mistake in a
    file.
    """
    if protocol_id not in protocol_ids(folder):
        raise LookupError(unknown("protocol", protocol_id, protocol_ids(folder)))
    path = folder / f"{protocol_id}.yml"
    # The type is part of the key: True must not be taken for a remembered 1.
    wanted = tuple(sorted((name, type(value), value) for name, value in (settings or {}).items()))
    return _loaded(path, path.stat().st_mtime_ns, wanted)


@lru_cache(maxsize=32)
def _loaded(path: Path, changed: int, wanted: tuple[tuple[str, type, object], ...]) -> Protocol:
    tree = load_yaml(path)
    tree.only(_REQUIRED, _OPTIONAL)
    if tree.words("id") != path.stem:
        raise tree.error(f"the id must be the name of the file, {path.stem}", "id")
    scope = Scope(concepts(), read_settings(tree, {name: value for name, _, value in wanted}))
    for name in scope.settings:
        if name in scope.concepts:
            raise tree["settings"].error(f"the name {name!r} is in use already", name)
    contradictions, shared = read_contradictions(DATA / "contradictions.yml")
    scope.derived.update(shared)
    criteria = _criteria(tree, scope)
    return Protocol(
        id=tree.words("id"),
        title=tree.words("title"),
        registry_id=tree.words("registry_id"),
        version=tree.words("version"),
        disclaimer=tree.words("disclaimer"),
        criteria=criteria,
        settings=scope.settings,
        open_points=tree.names("open_points"),
        taken_as=_taken_as(tree, scope),
        derived=MappingProxyType(scope.derived),
        contradictions=contradictions,
        wordings=read_wordings(DATA / "wording" / "en" / "verdicts.yml"),
    )


def _taken_as(tree: YamlMap, scope: Scope) -> Mapping[str, object]:
    table = tree.take("taken_as", dict, {})
    found = {}
    for name, value in table.items():
        if name not in scope.concepts:
            raise table.error(unknown("fact", name, scope.concepts), name)
        found[name] = scope.check_value(table, name, name, value)
    return MappingProxyType(found)


def _criteria(tree: YamlMap, scope: Scope) -> tuple[Criterion, ...]:
    found: dict[str, Criterion] = {}
    entries = tree.take("criteria", list)
    if not all(isinstance(entry, YamlMap) for entry in entries) or len(entries) == 0:
        raise tree.error("criteria must be a list of mappings", "criteria")
    for entry in entries:
        entry.only(_CRITERION, _CRITERION_OPTIONAL)
        criterion = _criterion(entry, scope)
        if criterion.id in found:
            raise entry.error(f"the criterion {criterion.id!r} is here twice", "id")
        if criterion.number in {other.number for other in found.values()}:
            raise entry.error(f"the number {criterion.number} is here twice", "number")
        found[criterion.id] = criterion
    return tuple(found.values())


def _criterion(entry: YamlMap, scope: Scope) -> Criterion:
    number = entry.take("number", int)
    scope.add_limits(entry)
    scope.add_derived(entry)
    applies = read_table(entry, "applies", APPLIES, scope)
    parts = read_parts(entry, scope)
    return Criterion(
        id=entry.words("id"),
        number=number,
        label=entry.words("label"),
        sentence=entry.words("sentence"),
        plain=entry.words("plain"),
        why=entry.words("why"),
        names=entry.names("names"),
        open_points=entry.names("open_points"),
        applies=applies,
        parts=parts,
        notes=read_notes(entry, scope),
        holds_until=read_until(entry, scope),
        facts=tuple(dict.fromkeys(facts_of(applies, parts, scope))),
    )


def read_contradictions(path: Path) -> tuple[tuple[ContradictionRow, ...], Mapping[str, Derived]]:
    """The contradictions of a file and the derived facts that they use. Raises DoorError."""
    tree = load_yaml(path)
    tree.only(("contradictions",), ("limits", "derived"))
    scope = Scope(concepts())
    scope.add_limits(tree)
    scope.add_derived(tree)
    found: dict[str, ContradictionRow] = {}
    for entry in tree.take("contradictions", list):
        entry.only(("id", "facts", "when", "text"))
        row_id, facts = entry.words("id"), entry.names("facts")
        when = read_condition(entry.take("when", dict), scope)
        if row_id in found:
            raise entry.error(f"the contradiction {row_id!r} is here twice", "id")
        if not set(facts) or not set(facts) <= set(facts_in(when, scope)):
            raise entry.error("facts must be among those that the condition rests on", "facts")
        found[row_id] = ContradictionRow(row_id, facts, when, read_text(entry, "text", scope))
    return tuple(found.values()), scope.derived


def read_wordings(path: Path) -> Wordings:
    """The texts that every protocol shares, with exactly the placeholders they can fill. Raises DoorError."""
    tree = load_yaml(path)
    tree.only(_WORDINGS)
    for key, allowed in _WORDINGS.items():
        text = tree.take(key, str)
        try:
            text.format(**dict.fromkeys(allowed, ""))
        except (KeyError, IndexError, ValueError) as error:
            raise tree.error(f"unknown placeholder in {key}: {error}", key) from None
    return Wordings(**{key: tree[key] for key in _WORDINGS})


__all__ = [
    "PROTOCOLS",
    "SettingError",
    "load_protocol",
    "protocol_ids",
    "read_contradictions",
    "read_wordings",
]
