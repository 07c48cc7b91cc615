"""What is wrong with a lexicon, found when it is loaded: told with file, section, entry and mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# The groups of drugs in which one spelling must mean one drug.
_DRUGS = ("chemotherapy", "immunotherapy", "targeted")
# Rasa takes a file in data/ with such a key for training data.
_RASAS_OWN = frozenset({"nlu", "rules", "stories", "responses"})


def mistakes(content: Mapping[str, Mapping[str, Any]], sources: Mapping[str, Any]) -> Iterator[str]:
    """Every mistake in plain words.

    content: file name without ".yml" to its sections. sources: the content of sources.yml.
    """
    for file, sections in content.items():
        for name, section in sections.items():
            if name in _RASAS_OWN:
                yield f'{file}.yml: a section must not be called "{name}", Rasa would take the file for training data.'
            yield from _shape(f"{file}.yml, {name}", section)
    yield from _one_meaning(content.get("drugs", {}))
    yield from _unsourced(content, sources)


def _shape(place: str, value: Any) -> Iterator[str]:
    """Every leaf is text, a number, yes/no or a list of words without blanks and repetitions."""
    if isinstance(value, Mapping):
        if not value:
            yield f"{place} is empty."
        for key, inner in value.items():
            yield from _shape(f"{place}, {key}", inner)
    elif isinstance(value, list):
        seen: set[str] = set()
        for word in value:
            if isinstance(word, (Mapping, list)):
                yield from _shape(place, word)
                continue
            if word is None or not str(word).strip():
                yield f"{place} has an empty entry."
            elif str(word) in seen:
                yield f'{place} has "{word}" twice.'
            seen.add(str(word))
    elif value is None or (isinstance(value, str) and not value.strip()):
        yield f"{place} is empty."


def _one_meaning(drugs: Mapping[str, Any]) -> Iterator[str]:
    """No spelling names two drugs."""
    owner: dict[str, str] = {}
    for group in _DRUGS:
        for drug, names in drugs.get(group, {}).items():
            for spelling in (name.strip().lower() for name in str(names).split(",")):
                if owner.setdefault(spelling, drug) != drug:
                    yield f'drugs.yml: "{spelling}" stands under both {owner[spelling]} and {drug}.'


def _unsourced(content: Mapping[str, Mapping[str, Any]], sources: Mapping[str, Any]) -> Iterator[str]:
    """Every section has a source, every source is named in full and used."""
    works: Mapping[str, Any] = sources.get("works", {})
    entries: Mapping[str, Mapping[str, list[str]]] = sources.get("entries", {})
    used: set[str] = set()
    for file, sections in content.items():
        given = entries.get(file, {})
        for name in sections:
            if not given.get(str(name), given.get("*")):
                yield f"sources.yml gives no source for {file}.yml, {name}."
    for file, given in entries.items():
        for path, named in given.items():
            used.update(named)
            yield from (f"sources.yml: {file}, {path} names {work}, which is not among the works."
                        for work in named if work not in works)  # fmt: skip
            if path != "*" and not _exists(content.get(file, {}), path):
                yield f"sources.yml: there is no {path} in {file}.yml."
    yield from (f"sources.yml: nothing rests on {work}." for work in works if work not in used)


def _exists(sections: Mapping[str, Any], path: str) -> bool:
    name, _, entry = path.partition(".")
    return name in sections and (not entry or entry in sections[name])
