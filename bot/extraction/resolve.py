"""From mentions to facts: the words of one statement count once, later corrections win, conflicts become questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from bot.extraction.mention import Mention


@dataclass(frozen=True, slots=True)
class Resolved:
    """What became of the mentions: one settled mention per fact, the open ones, and the corrected facts."""

    settled: dict[str, Mention]
    open: tuple[Mention, ...]
    corrected: frozenset[str]


Check = Callable[[str, object], "tuple[object, str | None]"]


def comparable(value: object) -> object:
    """A form in which equal values are equal: lists by their members, dates by their ISO text."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return tuple(sorted(str(item) for item in value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, (int, float)):
        return float(value)
    return value


def jsonable(value: object) -> object:
    """The value as it travels: ISO dates, sorted lists."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return sorted(str(item) for item in value)
    return value.isoformat() if isinstance(value, date) else value


def resolve(mentions: Iterable[Mention], check: Check, why: Callable[[Iterable[object]], str]) -> Resolved:
    """One value or one question per fact.

    check(fact, value) gives the value back with None, or None with the reason why it cannot be true.
    why(values) says in plain words that they differ.
    """
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.fact].append(mention)
    settled: dict[str, Mention] = {}
    still_open: list[Mention] = []
    corrected = set()
    for fact, group in groups.items():
        if any(mention.corrected for mention in group):
            corrected.add(fact)
        mention = _one(group, why)
        if mention.doubt is None:
            value, reason = check(fact, mention.value)
            if reason is not None:
                mention = Mention(fact, None, mention.start, mention.end, reason)
            else:
                mention = Mention(fact, jsonable(value), mention.start, mention.end)
        if mention.doubt is None:
            settled[fact] = mention
        else:
            still_open.append(mention)
    return Resolved(settled, tuple(still_open), frozenset(corrected))


def _one(group: list[Mention], why: Callable[[Iterable[object]], str]) -> Mention:
    """The statement that counts among several about one fact."""
    group = sorted(group, key=lambda mention: (mention.start, mention.end))
    last_correction = max((i for i, mention in enumerate(group) if mention.corrected), default=None)
    if last_correction is not None:
        group = group[last_correction:]
    top = max(mention.rank for mention in group)
    group = [mention for mention in group if mention.rank == top]
    valued = [mention for mention in group if mention.doubt is None]
    if not valued:
        return max(group, key=lambda mention: len(mention.options))
    if isinstance(valued[0].value, (list, tuple)):
        members = sorted({str(item) for mention in valued for item in mention.value})  # type: ignore[attr-defined]
        first = max(valued, key=lambda mention: mention.end - mention.start)
        return Mention(first.fact, members, first.start, first.end)
    by_value: dict[object, Mention] = {}
    for mention in valued:
        by_value.setdefault(comparable(mention.value), mention)
    if len(by_value) == 1:
        return valued[0]
    options = tuple(mention.value for mention in by_value.values())
    first, last = valued[0], valued[-1]
    return Mention(first.fact, None, last.start, last.end, why(options), options)
