"""The lexicon: spellings, abbreviations and cues, one YAML file per concept, read once.

Every language has a folder of its own name in data/lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from bot.extraction.lexicon_checks import mistakes
from bot.extraction.quick import quick

FOLDER = Path(__file__).resolve().parents[2] / "data" / "lexicon"


class LexiconError(ValueError):
    """A lexicon file cannot be used; the message names the file and says what is wrong."""


def files(language: str = "en") -> tuple[Path, ...]:
    """The files that the reader of this language rests on, in a fixed order (for fingerprints)."""
    return tuple(sorted((FOLDER / language).glob("*.yml")))


@cache
def lexicon(language: str = "en") -> Mapping[str, Any]:
    """All lexicon files of a language by their name without ".yml"; each one a mapping of its sections.

    Raises LexiconError where there is none, where a file is not a mapping, or with every mistake that the checks
    find (an entry twice, a spelling under two drugs, a section without a source).
    """
    found: dict[str, Any] = {}
    for path in files(language):
        content = _read(path)
        stated = content.pop("language", language)
        if stated != language:
            raise LexiconError(
                f'{path.name} says that its language is "{stated}", but lies in the folder "{language}".'
            )
        found[path.stem] = content
    if not found:
        raise LexiconError(f'There is no lexicon for the language "{language}".')
    sources = found.pop("sources", {})
    wrong = list(mistakes(found, sources))
    if wrong:
        raise LexiconError("The lexicon cannot be used:\n" + "\n".join(f"- {mistake}" for mistake in wrong))
    return MappingProxyType(found)


def _read(path: Path) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except yaml.YAMLError as error:
        raise LexiconError(f"{path.name} is not readable YAML: {error}") from error
    if not isinstance(content, dict):
        raise LexiconError(f"{path.name} must be a mapping at its top level.")
    return content


_BLANK = r"[ \t-]{1,3}"
_Branches = dict[str, "_Branches"]  # next sign of a word -> what may follow; "" ends a word


def alternation(words: Iterable[str]) -> str:
    """The words of a list as one regular expression; see `_alternation`, which is kept for each list."""
    return _alternation(tuple(words))


@cache
def _alternation(words: tuple[str, ...]) -> str:
    """The words as one regular expression, the longest match first; a space matches any run of blanks or one hyphen.

    Common beginnings are written once, so that the search compares each sign of the text once and not once a word.
    """
    root: _Branches = {}
    for word in words:
        branch = root
        for sign in str(word).lower():
            branch = branch.setdefault(_BLANK if sign == " " else re.escape(sign), {})
        branch[""] = {}
    return _expression(root)


def _expression(branch: _Branches) -> str:
    """What may follow at one place of the words, as an expression that takes as much as it can."""
    ways = [sign + _grouped(rest) for sign, rest in sorted(branch.items(), key=lambda item: item[0] == _BLANK) if sign]
    return "|".join([*ways, ""] if "" in branch else ways)


def _grouped(branch: _Branches) -> str:
    inner = _expression(branch)
    return f"(?:{inner})" if len(branch) > 1 else inner


@cache
def words_pattern(language: str, file: str, *keys: str) -> re.Pattern[str]:
    """Whole words of one list of the lexicon, for lower-case text; Chinese words need no blanks around them."""
    content: Any = lexicon(language)[file]
    for key in keys:
        content = content[key]
    return whole_words(content)


def whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words for lower-case text; Chinese words stand without blanks and need no borders."""
    words = [str(word) for word in words]
    latin = [word for word in words if not "\u2e80" <= word[-1] <= "\u9fff"]
    chinese = [word for word in words if "\u2e80" <= word[-1] <= "\u9fff"]
    parts = [rf"(?<![a-z0-9])(?:{alternation(latin)})(?![a-z0-9])"] if latin else []
    parts += [alternation(chinese)] if chinese else []
    return quick("|".join(parts))
