"""What a stage group says about distant metastasis in an edition, from `data/staging.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from bot.catalogue.door import DATA, load_yaml

_M = ("M0", "M1", "M1a", "M1b")


@dataclass(frozen=True)
class StageMeaning:
    """m: M0, M1, M1a or M1b.

    echo: the group may only repeat the protocol, so its subcategory is not relied on.
    """

    m: str
    echo: bool


def read_staging(path: Path) -> Mapping[tuple[int, str], StageMeaning]:
    """Meaning by (edition, stage group). A pair that is absent says nothing. Raises DoorError."""
    tree = load_yaml(path)
    tree.only(("editions",))
    found: dict[tuple[int, str], StageMeaning] = {}
    editions = tree.take("editions", dict)
    for edition in editions:
        entry = editions.take(edition, dict)
        entry.only((), (*_M, "echo"))
        echo = entry.names("echo")
        for m in _M:
            for group in entry.names(m):
                if (edition, group) in found:
                    raise entry.error(f"stage {group} is here twice in edition {edition}", m)
                found[edition, group] = StageMeaning(m, group in echo)
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def _staging() -> Mapping[tuple[int, str], StageMeaning]:
    return read_staging(DATA / "staging.yml")


def stage_meaning(group: str, edition: int) -> StageMeaning | None:
    """What the group says in the edition, or None where it says nothing."""
    return _staging().get((edition, group))
