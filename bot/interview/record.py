"""The record of one screening: what was answered, in whose words, and what is open. Pure data.

A record is immutable and survives as JSON in one Rasa slot, so that a crash between two turns loses nothing.
Values are kept in the JSON form of the contract: ISO dates as text, lists of generic names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

NOT_KNOWN = "not_known"
"""Asked, and staff do not know: not asked again."""
SKIPPED = "skipped"
"""Passed over: asked once more after everything else."""
CONTRADICTORY = "contradictory"
"""Stated in two ways: no value until settled."""

MOST_STEPS = 12
"""How far `go back` reaches. Bounded so that a record stays small however long a conversation gets."""


@dataclass(frozen=True)
class Answer:
    """What is held of one fact: a value with the words it rests on, or the reason why there is none."""

    value: Any = None
    quote: str = ""
    missing: str | None = None

    @property
    def known(self) -> bool:
        return self.missing is None and self.value is not None


@dataclass(frozen=True)
class Button:
    """One way to answer. Pressing it and typing its title are the same thing."""

    title: str
    move: str
    fact: str = ""
    value: Any = None


@dataclass(frozen=True)
class Question:
    """The one question that is open.

    kind: `ask` (a missing fact), `clarify` (one fact, several readings), `choose` (facts that contradict each
    other), `offer` (a criterion failed: finish the rest or stop).
    """

    kind: str
    fact: str
    text: str
    buttons: tuple[Button, ...] = ()
    facts: tuple[str, ...] = ()
    tries: int = 0

    def pressed(self, text: str) -> Button | None:
        """The button whose title was pressed or typed."""
        wanted = text.strip().casefold()
        return next((b for b in self.buttons if b.title.casefold() == wanted), None)


@dataclass(frozen=True)
class Doubt:
    """Something said of a fact that does not settle it."""

    fact: str
    reason: str
    options: tuple[Any, ...] = ()
    passed_over: bool = False
    """Asked, and something else was said instead: it comes back after everything else."""


@dataclass(frozen=True)
class Step:
    """What one message changed: fact -> the answer held before (None: nothing held)."""

    before: Mapping[str, Answer | None]
    doubts: tuple[Doubt, ...] = ()
    reported: tuple[str, ...] = ()
    finishing: bool = False


@dataclass(frozen=True)
class Record:
    """One screening. `state`: `idle` (none yet), `open`, `stopped`, `done`."""

    protocol: str
    state: str = "idle"
    answers: Mapping[str, Answer] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    open: Question | None = None
    reported: tuple[str, ...] = ()
    """Criteria whose failure has been announced."""
    finishing: bool = False
    """The person chose to finish the other criteria after an exclusion."""
    asked: tuple[str, ...] = ()
    """Facts asked for so far, each once."""
    confirmed: tuple[str, ...] = ()
    """Facts that the person upheld in the contradiction that is open."""
    seen: float = 0.0
    """Time stamp of the last message answered: earlier ones are never read twice."""
    previous: str | None = None
    """The record before `new candidate`, as JSON, for one `go back`."""

    @property
    def asked_for(self) -> str | None:
        """What a bare answer is read as: the open fact, or the kind of question where it is about no fact."""
        return None if self.open is None else self.open.fact or self.open.kind

    def facts(self) -> dict[str, Any]:
        """The known facts, as the eligibility core takes them."""
        return {name: a.value for name, a in self.answers.items() if a.known}

    def quote(self, fact: str) -> str:
        answer = self.answers.get(fact)
        return answer.quote if answer is not None else ""

    def unavailable(self, *, skipped_too: bool) -> frozenset[str]:
        """Facts that asking again would not bring."""
        reasons = {NOT_KNOWN, SKIPPED} if skipped_too else {NOT_KNOWN}
        return frozenset(name for name, a in self.answers.items() if a.missing in reasons)

    def with_answers(self, changes: Mapping[str, Answer | None], doubts: tuple[Doubt, ...] | None = None) -> Record:
        """A record with these answers (None: forgotten) and doubts, remembering what stood before for `go back`."""
        doubts = self.doubts if doubts is None else doubts
        changes = {name: new for name, new in changes.items() if self.answers.get(name) != new}
        if not changes and doubts == self.doubts:
            return self
        before = {name: self.answers.get(name) for name in changes}
        step = Step(before, self.doubts, self.reported, self.finishing)
        return replace(
            self, answers=_updated(self.answers, changes), doubts=doubts, steps=(*self.steps, step)[-MOST_STEPS:]
        )

    def stepped_back(self) -> Record:
        """The record before the last change of an answer or doubt."""
        *earlier, last = self.steps
        return replace(
            self,
            answers=_updated(self.answers, last.before),
            doubts=last.doubts,
            steps=tuple(earlier),
            reported=last.reported,
            finishing=last.finishing,
            confirmed=(),
            open=None,
            state="open",
        )

    def to_json(self) -> dict[str, Any]:
        """A JSON object from which `from_json` makes an equal record."""
        return asdict(self)


def _updated(answers: Mapping[str, Answer], changes: Mapping[str, Answer | None]) -> dict[str, Answer]:
    kept = {name: held for name, held in answers.items() if changes.get(name, held) is not None}
    return {**kept, **{name: new for name, new in changes.items() if new is not None}}


def _doubts(data: list[dict[str, Any]]) -> tuple[Doubt, ...]:
    return tuple(Doubt(d["fact"], d["reason"], tuple(d["options"]), d["passed_over"]) for d in data)


def from_json(data: Mapping[str, Any]) -> Record:
    """The record that `to_json` printed. Raises KeyError or TypeError for anything else."""
    question = data["open"]
    return Record(
        protocol=data["protocol"],
        state=data["state"],
        answers={name: Answer(**a) for name, a in data["answers"].items()},
        steps=tuple(
            Step(
                {name: Answer(**a) if a is not None else None for name, a in s["before"].items()},
                _doubts(s["doubts"]),
                tuple(s["reported"]),
                s["finishing"],
            )
            for s in data["steps"]
        ),
        doubts=tuple(Doubt(d["fact"], d["reason"], tuple(d["options"]), d["passed_over"]) for d in data["doubts"]),
        open=None
        if question is None
        else Question(
            question["kind"],
            question["fact"],
            question["text"],
            tuple(Button(**b) for b in question["buttons"]),
            tuple(question["facts"]),
            question["tries"],
        ),
        reported=tuple(data["reported"]),
        finishing=data["finishing"],
        asked=tuple(data["asked"]),
        confirmed=tuple(data["confirmed"]),
        seen=data["seen"],
        previous=data["previous"],
    )


@dataclass(frozen=True)
class HeardFact:
    """A fact read in a message: contract value, the words it rests on, whether the message corrects it."""

    value: Any
    quote: str
    corrected: bool = False
    start: int | None = None
    """Where the quote begins in the message; None where the value was not typed (a button)."""


@dataclass(frozen=True)
class Heard:
    """One message as it was understood: its intent, the facts read in it, what it leaves in doubt."""

    text: str
    intent: str
    facts: Mapping[str, HeardFact] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    asked: str | None = None
    """The fact that was open when it was typed: a bare answer counts for that one only."""


@dataclass(frozen=True)
class Utterance:
    """One message to the person: text, buttons, and the payload that programs read."""

    text: str = ""
    buttons: tuple[str, ...] = ()
    custom: Mapping[str, Any] | None = None
