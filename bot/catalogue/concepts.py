"""The concepts: every fact that can be known of a candidate, from `data/concepts.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from bot.catalogue.door import DATA, YamlMap, load_yaml, unknown
from bot.facts import KINDS, Concept, Implausible, iso_date, plausible

_OPTIONAL = (
    "meaning", "values", "range", "step", "past_only", "years_back", "unit", "askable", "lasting", "gates",
    "or_else", "samples",
)  # fmt: skip
_COSTS = (1, 2, 3, 5)


def read_concepts(path: Path) -> Mapping[str, Concept]:
    """The concepts of a file, in its order. Raises DoorError."""
    tree = load_yaml(path)
    found: dict[str, Concept] = {}
    for name in tree:
        entry = tree.take(name, dict)
        entry.only(("label", "kind", "cost"), _OPTIONAL)
        found[str(name)] = _concept(str(name), entry)
    for name, concept in found.items():
        _check_links(tree[name], concept, found)
    return MappingProxyType(found)


def _concept(name: str, entry: YamlMap) -> Concept:
    kind, cost = entry.words("kind"), entry.take("cost", int)
    if kind not in KINDS:
        raise entry.error(unknown("kind", kind, KINDS), "kind")
    if cost not in _COSTS:
        raise entry.error(f"cost must be one of {_COSTS}, not {cost!r}", "cost")
    if (kind == "choice") != ("values" in entry):
        raise entry.error("a choice, and nothing else, needs values", "values")
    labels = entry.take("values", dict, {})
    low, high = _range(entry, kind)
    concept = Concept(
        name=name,
        label=entry.words("label"),
        kind=kind,
        meaning=entry.words("meaning") if "meaning" in entry else "",
        values=tuple(labels),
        value_labels=MappingProxyType({value: str(label) for value, label in labels.items()}),
        minimum=low,
        maximum=high,
        step=entry.take("step", int),
        past_only=entry.take("past_only", bool, False),
        years_back=entry.take("years_back", int),
        unit=entry.take("unit", str, ""),
        cost=cost,
        askable=entry.take("askable", bool, True),
        lasting=entry.take("lasting", bool, False),
        gates=MappingProxyType(dict(entry.take("gates", dict, {}))),
        or_else=entry.names("or_else"),
        samples=_samples(entry, kind, tuple(labels)),
    )
    _check_samples(entry, concept)
    return concept


def _range(entry: YamlMap, kind: str) -> tuple[float | date | None, float | date | None]:
    limits = entry.take("range", list)
    if kind not in ("number", "integer", "date"):
        if limits is not None:
            raise entry.error(f"a {kind} has no range", "range")
        return None, None
    if limits is None or len(limits) != 2:
        raise entry.error("a number or date needs its range: [lowest, highest]", "range")
    try:
        low, high = (iso_date(limit) for limit in limits) if kind == "date" else limits
        if not low < high:
            raise ValueError
    except (TypeError, ValueError):
        raise entry.error(f"impossible range {limits!r}", "range") from None
    return low, high


def _samples(entry: YamlMap, kind: str, values: tuple[object, ...]) -> tuple[object, ...]:
    given = entry.take("samples", list)
    if kind in ("choice", "bool"):
        if given is not None:
            raise entry.error(f"a {kind} needs no samples: all its values are used", "samples")
        return values if kind == "choice" else (True, False)
    if given is None or len(given) == 0:
        raise entry.error("samples are missing here", "samples")
    return tuple(tuple(sample) if isinstance(sample, list) else sample for sample in given)


def _check_samples(entry: YamlMap, concept: Concept) -> None:
    for sample in concept.samples:
        if concept.kind == "date":
            if isinstance(sample, bool) or not isinstance(sample, int):
                raise entry.error(f"samples of a date are whole days, not {sample!r}", "samples")
            continue
        try:
            plausible(concept, sample, date.max)
        except Implausible as error:
            raise entry.error(f"a sample is not possible: {error}", "samples") from None


def _check_links(entry: YamlMap, concept: Concept, all_concepts: Mapping[str, Concept]) -> None:
    for other in concept.or_else:
        if other not in all_concepts:
            raise entry.error(unknown("fact", other, all_concepts), "or_else")
    for other, opening in concept.gates.items():
        if other not in all_concepts:
            raise entry.error(unknown("fact", other, all_concepts), "gates")
        if opening not in concept.samples:
            raise entry.error(f"{opening!r} is no value of {concept.name}", "gates")


@lru_cache(maxsize=1)
def concepts() -> Mapping[str, Concept]:
    """Every fact's Concept by its name, in the order of the file. Loaded once."""
    return read_concepts(DATA / "concepts.yml")
