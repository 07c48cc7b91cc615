"""A protocol as frozen data: criteria, their decision tables, settings.

The loader builds it, the core reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Get = Callable[[str], object]
"""Gives the value of a fact by its name, None where it is not known."""


@dataclass(frozen=True)
class Fixed:
    """A condition that a setting decides: it does not depend on the candidate."""

    holds: bool


@dataclass(frozen=True)
class Test:
    """A condition on one fact or derived fact.

    op: is, not, one_of, at_least, at_most, above, below or known; operand: the value, or a tuple for one_of.
    """

    __test__ = False  # not a test case for pytest

    fact: str
    op: str
    operand: object


@dataclass(frozen=True)
class Every:
    """Holds where all conditions hold; without conditions it always holds."""

    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Some:
    """Holds where at least one condition holds."""

    conditions: tuple[Condition, ...]


Condition = Fixed | Test | Every | Some


@dataclass(frozen=True)
class Slot:
    """A place in a text: the value of a fact, moved by some days or years where it is a date."""

    name: str
    amount: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Text:
    """Wording with slots for facts; numbers of the protocol are already filled in."""

    pieces: tuple[str | Slot, ...]


@dataclass(frozen=True)
class RemedyText:
    """What would help: when is now, later or never."""

    when: str
    what: Text


@dataclass(frozen=True)
class Row:
    """One row of a decision table. ask: facts to ask for where `then` is unknown."""

    when: Every
    then: str
    because: Text | None = None
    remedy: RemedyText | None = None
    note: Text | None = None
    ask: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of a criterion: an ordered table whose last row always holds.

    unknown: texts while it is open.
    """

    id: str
    label: str
    table: tuple[Row, ...]
    unknown: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Note:
    """A text that goes with the result where its condition is true."""

    when: Every
    text: Text


@dataclass(frozen=True)
class Until:
    """How long a criterion holds: the day after so many completed years or days of a date fact.

    unit: "birthday" (the birthday after `amount` completed years) or "days".
    """

    when: Every
    of: str
    unit: str
    amount: int
    what: Text


@dataclass(frozen=True)
class Derived:
    """A fact worked out from others. compute gives a value, NotKnown, or Between for a whole number.

    kind: "integer", "number" or "choice"; values: of a choice.
    """

    name: str
    kind: str
    rests_on: tuple[str, ...]
    compute: Callable[[Get], object]
    values: tuple[object, ...] = ()


@dataclass(frozen=True)
class Criterion:
    """One inclusion criterion.

    sentence: verbatim. names: what staff call it. facts: those that it can rest on.
    """

    id: str
    number: int
    label: str
    sentence: str
    plain: str
    why: str
    names: tuple[str, ...]
    open_points: tuple[str, ...]
    applies: tuple[Row, ...]
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    holds_until: tuple[Until, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """A reading of the protocol that its text leaves open.

    value: in force. values: allowed ones with their meaning, empty for a whole number in `limits` or None.
    informational: shown, decides nothing. active: can decide something.
    """

    name: str
    value: object
    default: object
    means: str
    values: Mapping[object, str] = field(default_factory=dict)
    limits: tuple[int, int] | None = None
    informational: bool = False

    @property
    def active(self) -> bool:
        return not self.informational

    @property
    def changed(self) -> bool:
        return self.value != self.default


@dataclass(frozen=True)
class ContradictionRow:
    """Facts that cannot be true together. facts: in conflict, the one to check first in front."""

    id: str
    facts: tuple[str, ...]
    when: Every
    text: Text


@dataclass(frozen=True)
class Wordings:
    """Texts that every protocol shares, from data/wording/<language>/verdicts.yml."""

    not_known: str
    settle: str
    setting_note: str
    change_to_value: str
    change_of_record: str
    values_joined: str


@dataclass(frozen=True, eq=False)
class Protocol:
    """A trial's inclusion criteria with the settings in force. Compared by identity."""

    id: str
    title: str
    registry_id: str
    version: str
    disclaimer: str
    criteria: tuple[Criterion, ...]
    settings: Mapping[str, Setting]
    open_points: tuple[str, ...]
    taken_as: Mapping[str, object]
    derived: Mapping[str, Derived]
    contradictions: tuple[ContradictionRow, ...]
    wordings: Wordings

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion with this id. Raises KeyError."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)
