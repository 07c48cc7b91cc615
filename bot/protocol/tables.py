"""Reading decision tables: rows, parts, notes and how long a criterion holds."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalogue import YamlMap
from bot.catalogue.door import unknown
from bot.protocol.conditions import facts_in, read_condition
from bot.protocol.model import Every, Note, Part, RemedyText, Row, Until
from bot.protocol.scope import Scope
from bot.protocol.texts import read_text

STATUSES = ("met", "not_met", "review", "unknown")
APPLIES = ("applies", "not_applicable")
TIMES = ("now", "later", "never")


def _maps(owner: YamlMap, key: str) -> list[YamlMap]:
    items = owner.take(key, list, [])
    for item in items:
        if not isinstance(item, YamlMap):
            raise owner.error(f"{key} must be a list of mappings", key)
    return list(items)


def read_table(owner: YamlMap, key: str, allowed: tuple[str, ...], scope: Scope) -> tuple[Row, ...]:
    """The rows of a table. The last one, and no other, is `otherwise`. Raises DoorError."""
    entries = _maps(owner, key)
    for index, entry in enumerate(entries):
        if ("otherwise" in entry) != (index == len(entries) - 1):
            raise entry.error("the last row of a table, and no other, starts with `otherwise`")
    return tuple(_row(entry, allowed, scope) for entry in entries)


def _row(entry: YamlMap, allowed: tuple[str, ...], scope: Scope) -> Row:
    last = "otherwise" in entry
    entry.only(("otherwise",) if last else ("when", "then"), ("because", "remedy", "note", "ask"))
    then = entry.words("otherwise" if last else "then")
    if then not in allowed:
        raise entry.error(unknown("status", then, allowed), "otherwise" if last else "then")
    if (then == "unknown") != ("ask" in entry):
        raise entry.error("`ask` belongs to unknown, and unknown needs it", "ask")
    if (then == "not_met") != ("remedy" in entry):
        raise entry.error("`remedy` belongs to not_met, and not_met needs it", "remedy")
    if then in ("not_met", "review", "unknown", "not_applicable") and "because" not in entry:
        raise entry.error(f"{then} needs its `because`")
    for name in entry.names("ask"):
        if name not in scope.concepts:
            raise entry.error(unknown("fact", name, scope.concepts), "ask")
    return Row(
        when=Every() if last else read_condition(entry.take("when", dict), scope),
        then=then,
        because=read_text(entry, "because", scope) if "because" in entry else None,
        remedy=_remedy(entry.take("remedy", dict), scope) if "remedy" in entry else None,
        note=read_text(entry, "note", scope) if "note" in entry else None,
        ask=entry.names("ask"),
    )


def _remedy(entry: YamlMap, scope: Scope) -> RemedyText:
    entry.only(("when", "what"))
    if entry["when"] not in TIMES:
        raise entry.error(unknown("time", entry["when"], TIMES), "when")
    return RemedyText(entry["when"], read_text(entry, "what", scope))


def read_parts(owner: YamlMap, scope: Scope) -> tuple[Part, ...]:
    """The parts of a criterion, at least one, each with its own id."""
    parts: dict[str, Part] = {}
    for entry in _maps(owner, "parts"):
        entry.only(("id", "label", "table"), ("unknown",))
        part_id = entry.words("id")
        if part_id in parts:
            raise entry.error(f"the part {part_id!r} is here twice", "id")
        table = read_table(entry, "table", STATUSES, scope)
        if len(table) == 0:
            raise entry.error("the table has no rows", "table")
        texts = tuple(_open_text(text, scope) for text in _maps(entry, "unknown"))
        parts[part_id] = Part(part_id, entry.words("label"), table, texts)
    if not parts:
        raise owner.error("a criterion needs at least one part", "parts")
    return tuple(parts.values())


def _open_text(entry: YamlMap, scope: Scope) -> Row:
    entry.only(("when", "because"))
    return Row(read_condition(entry.take("when", dict), scope), "unknown", read_text(entry, "because", scope))


def read_notes(owner: YamlMap, scope: Scope) -> tuple[Note, ...]:
    """Texts that go with the result while their condition is true."""
    notes = []
    for entry in _maps(owner, "notes"):
        entry.only(("when", "text"))
        notes.append(Note(read_condition(entry.take("when", dict), scope), read_text(entry, "text", scope)))
    return tuple(notes)


def read_until(owner: YamlMap, scope: Scope) -> tuple[Until, ...]:
    """How long a criterion holds: `birthday_after: {of, years}` or `days_after: {of, days}`."""
    found = []
    for entry in _maps(owner, "holds_until"):
        kind = "birthday_after" if "birthday_after" in entry else "days_after"
        entry.only(("when", kind, "what"))
        span = entry.take(kind, dict)
        amount_key = "years" if kind == "birthday_after" else "days"
        span.only(("of", amount_key))
        amount, of = scope.number_or_setting(span, amount_key, span[amount_key]), span.words("of")
        if isinstance(amount, bool) or not isinstance(amount, int):
            raise span.error(f"{amount_key} must be a whole number, not {amount!r}", amount_key)
        if of not in scope.concepts or scope.concepts[of].kind != "date":
            raise span.error(f"of must name a date fact, not {of!r}", "of")
        when = read_condition(entry.take("when", dict), scope)
        unit = "birthday" if kind == "birthday_after" else "days"
        found.append(Until(when, of, unit, amount, read_text(entry, "what", scope)))
    return tuple(found)


def facts_of(applies: tuple[Row, ...], parts: tuple[Part, ...], scope: Scope) -> Iterator[str]:
    """Every fact that tables rest on or ask for, in the order of the file, repeats included."""
    for row in (*applies, *(row for part in parts for row in (*part.table, *part.unknown))):
        yield from facts_in(row.when, scope)
        yield from row.ask
