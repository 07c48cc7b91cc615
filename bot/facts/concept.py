"""A concept: one thing that can be known of a candidate, as `data/concepts.yml` declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

KINDS = ("number", "integer", "bool", "date", "choice", "list")


@dataclass(frozen=True)
class Concept:
    """One fact's definition.

    name: the public name (Rasa slot, JSON key). kind: one of KINDS. values: allowed values of a choice.
    minimum, maximum, step: plausible range in `unit` (dates for kind date), both ends included.
    past_only, years_back: a date that cannot lie after the reference date, or longer ago than so many
    completed years. unit: as shown behind a number, "" for none. cost: effort of finding it out (1 at a
    glance, 2 in the notes, 3 ask the candidate, 5 a test or another person). askable: whether a question may
    be put for it. gates: facts that make sense only once this one is known, each with the value of this fact
    that opens it. or_else: facts that can stand in when this one is not known. samples: representative
    answers, for the order of questions and for "what would change this"; for a date, whole days counted from
    the reference date or the planned enrolment. lasting: it cannot change any more, only have been recorded
    wrongly.
    """

    name: str
    label: str
    kind: str
    meaning: str = ""
    values: tuple[object, ...] = ()
    value_labels: Mapping[object, str] = field(default_factory=dict)
    minimum: float | date | None = None
    maximum: float | date | None = None
    step: int | None = None
    past_only: bool = False
    years_back: int | None = None
    unit: str = ""
    cost: int = 1
    askable: bool = True
    lasting: bool = False
    gates: Mapping[str, object] = field(default_factory=dict)
    or_else: tuple[str, ...] = ()
    samples: tuple[object, ...] = ()

    def value_label(self, value: object) -> str:
        """The value as staff read it: a choice by its label, a list joined by " + ", yes or no for a bool."""
        if value is None:
            return "not known"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, (tuple, list)):
            return " + ".join(map(str, value)) if len(value) > 0 else "none"
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, float):
            return f"{value:g}"
        return self.value_labels.get(value, str(value))
