"""What every move works with: the protocol, today, the words; and the verdict on a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.catalogue import check_fact
from bot.eligibility import Contradiction, Verdict, evaluate, next_facts
from bot.interview.record import Heard, Record, Utterance
from bot.interview.wording import Wording
from bot.protocol import Criterion, Protocol

LONGEST_TITLE = 60

COMPANION: Mapping[str, str] = {"staging_edition": "stage_group"}
"""Facts that only qualify another: "stage IVB, 9th edition" is one statement, upheld or dropped by its stage."""


@dataclass(frozen=True)
class Scene:
    """protocol: the trial with its active settings; today: the day that ages and windows are counted from."""

    protocol: Protocol
    today: date
    words: Wording
    _asked_before: dict[object, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def trial(self) -> str:
        """How the trial is called in a sentence: by its title where that can be read aloud, else by its registry id."""
        title, registered = self.protocol.title, self.protocol.registry_id
        return title if len(title) <= LONGEST_TITLE else registered

    def facts(self, record: Record) -> dict[str, Any]:
        """The known facts in the types that the core takes."""
        return {name: check_fact(name, value, self.today) for name, value in record.facts().items()}

    def judge(self, record: Record) -> Verdict:
        return evaluate(self.protocol, self.facts(record), self.today)

    def still_to_ask(self, record: Record, *, skipped_too: bool = False) -> tuple[str, ...]:
        """Facts that can still change a verdict, best first; skipped ones after all others."""
        fresh = self._next_facts(record, record.unavailable(skipped_too=True))
        if fresh or not skipped_too:
            return fresh
        return self._next_facts(record, record.unavailable(skipped_too=False))

    def _next_facts(self, record: Record, unavailable: frozenset[str]) -> tuple[str, ...]:
        facts = self.facts(record)
        key = (tuple(facts.items()), unavailable)
        if key not in self._asked_before:  # one turn asks this several times
            self._asked_before[key] = next_facts(self.protocol, facts, self.today, unavailable)
        return self._asked_before[key]

    def settings(self, *, active_only: bool = False) -> list[tuple[str, str, str]]:
        """The readings in force: name, value in words, what it means."""
        unset = self.words.say("setting_unset")
        return [
            (name, unset if s.value is None else str(s.value), s.means)
            for name, s in self.protocol.settings.items()
            if s.active or not active_only
        ]

    def disputed(self, record: Record, contradiction: Contradiction) -> tuple[str, ...]:
        """The facts of a contradiction between which a person can choose: known, and not upheld already."""
        held = record.facts()
        choices = [f for f in contradiction.facts if f in held and COMPANION.get(f) not in contradiction.facts]
        return tuple(f for f in choices if f not in record.confirmed) or tuple(choices)

    def criterion_of(self, fact: str, verdict: Verdict) -> Criterion | None:
        """The first criterion that rests on a fact, an undecided one before others."""
        resting = [c for c in self.protocol.criteria if fact in c.facts]
        undecided = [c for c in resting if fact in verdict.finding(c.id).missing]
        return next(iter(undecided or resting), None)


Said = tuple[Utterance, ...]
Move = Callable[[Record, Heard, Scene], tuple[Record, Said]]


def tell(scene: Scene, key: str, **values: object) -> Utterance:
    """One plain text message."""
    return Utterance(scene.words.say(key, **values))
