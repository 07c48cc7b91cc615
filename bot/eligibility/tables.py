"""Decision tables at work: reading an ordered table when some of its conditions are not known."""

from __future__ import annotations

from dataclasses import dataclass

from bot.eligibility.conditions import Check, Open, check_of
from bot.eligibility.logic import Truth
from bot.protocol import Get, Row


@dataclass(frozen=True)
class Decided:
    """What a table gives: the row that decides, or None with the facts that would settle it."""

    row: Row | None
    missing: Open = ()


class Table:
    """An ordered table. A false row is skipped, an unknown row stays possible, the first true row ends it.

    Where all possible rows give the same status, the true row decides; otherwise nothing does. That is sound:
    a fact that becomes known can only take possible rows away, so it never turns a decided status into
    another.
    """

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self._rows: tuple[tuple[Row, Check], ...] = tuple((row, check_of(row.when)) for row in rows)

    def read(self, look: Get) -> Decided:
        """The row that decides for these facts. The last row of a table always holds."""
        missing: Open = ()
        outcomes: set[str] = set()
        for row, check in self._rows:
            holds, open_facts = check(look)
            if holds is Truth.FALSE:
                continue
            outcomes.add(row.then)
            if holds is Truth.TRUE:
                return Decided(row, row.ask) if len(outcomes) == 1 else Decided(None, missing + row.ask)
            missing += open_facts + row.ask
        return Decided(None, missing)

    def first_true(self, look: Get) -> Row | None:
        """The first row whose condition is true, however many are not known before it."""
        return next((row for row, check in self._rows if check(look)[0] is Truth.TRUE), None)
