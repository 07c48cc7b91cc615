"""The drugs by generic name and what kind each is, from `data/drugs.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from bot.catalogue.door import DATA, load_yaml, unknown

DRUG_KINDS = ("platinum", "cytotoxic", "pd1", "pdl1", "pd1_bispecific", "targeted", "other_io")


@dataclass(frozen=True)
class Drug:
    """name: generic, lower case. kind: one of DRUG_KINDS. also: other names of the same drug."""

    name: str
    kind: str
    also: tuple[str, ...] = ()


def read_drugs(path: Path) -> Mapping[str, Drug]:
    """The drugs of a file by generic name. Raises DoorError."""
    tree = load_yaml(path)
    found: dict[str, Drug] = {}
    seen: set[str] = set()
    for name in tree:
        entry = tree.take(name, dict)
        entry.only(("kind",), ("also",))
        kind, also = entry.words("kind"), entry.names("also")
        if kind not in DRUG_KINDS:
            raise entry.error(unknown("kind", kind, DRUG_KINDS), "kind")
        for spelling in (name, *also):
            if spelling in seen or spelling != spelling.lower():
                raise tree.error(f"{spelling!r} is here twice, or not in lower case", name)
            seen.add(spelling)
        found[name] = Drug(name, kind, also)
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def drugs() -> Mapping[str, Drug]:
    """Every drug by its generic name. Loaded once."""
    return read_drugs(DATA / "drugs.yml")


@lru_cache(maxsize=1)
def spellings() -> Mapping[str, str]:
    """Generic name of every name that `data/drugs.yml` lists."""
    return MappingProxyType({s: drug.name for drug in drugs().values() for s in (drug.name, *drug.also)})
