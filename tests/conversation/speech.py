"""Putting facts into a coordinator's words, from `phrases.yml`."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tests.conversation.slips import slip

PHRASES: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "phrases.yml").read_text("utf-8"))
DATES = frozenset({"birth_date", "icf_date", "pregnancy_test_date", "enrollment_date"})
DRUGS = frozenset({"chemo_agents", "io_agents", "other_agents"})
NO_DRUGS = "none"
PRONOUNS: Mapping[str | None, Mapping[str, str]] = {
    "female": {"she": "she", "her": "her", "him": "her"},
    "male": {"she": "he", "her": "his", "him": "him"},
    None: {"she": "the pt", "her": "the pt's", "him": "the pt"},
}
"""How the candidate is spoken of."""


@dataclass(frozen=True)
class Saying:
    """One message: what kind it is, the facts it states, and what may fairly be read in it besides."""

    text: str
    kind: str
    """`opening`, `answer`, `aside`, `correction`, `dont_know`, `skip`, `choice`."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    entails: frozenset[str] = frozenset()
    fact: str = ""
    """The open fact that it answers, where it answers one."""
    intent: str = "inform"
    """What it is meant as; a server never sees this."""
    slipped: bool = False
    """Whether there is a typing error in it."""


@dataclass
class Speech:
    """Chooses among phrasings by its random generator; the same seed says the same things."""

    rng: random.Random
    sex: str | None

    def answer(self, fact: str, value: Any) -> Saying:
        """An answer to the question for this fact, read in its light."""
        template = self._template(PHRASES["asked"][fact], value)
        return self._saying(template, "answer", {fact: value}, fact)

    def volunteered(self, fact: str, value: Any) -> Saying | None:
        """The fact said without being asked; None where staff have no such phrase."""
        entry = PHRASES["volunteered"].get(fact)
        if entry is None or value in (None, []):
            return None
        if isinstance(entry, dict) and _key(value) not in entry:
            return None
        return self._saying(self._template(entry, value), "opening", {fact: value})

    def pair(self, entry: Mapping[str, Any], record: Mapping[str, Any]) -> Saying | None:
        """Shorthand for several facts at once; None where the record does not have them all."""
        facts = {name: record.get(name) for name in entry["facts"]}
        if any(value in (None, []) for value in facts.values()):
            return None
        keys = {_key(value) for value in facts.values()}
        choices = entry.get("any") or next((entry[k] for k in entry if k in keys), None)
        both_true = "true" not in entry or keys == {"true"}
        if choices is None or not both_true:
            return None
        return self._saying(self.rng.choice(choices), "opening", facts)

    def correction(self, fact: str, old: Any, new: Any) -> Saying:
        """ "Sorry, ECOG is 2 not 1"."""
        label = PHRASES["correction_labels"][fact]["label"]
        text = self.rng.choice(PHRASES["corrections"]).format(label=label, old=old, new=new)
        return Saying(text, "correction", {fact: new}, frozenset({"sex"}))

    def simply(self, kind: str, fact: str = "") -> Saying:
        """A don't-know or a skip."""
        return Saying(self.rng.choice(PHRASES[kind]), kind, fact=fact, intent=kind)

    def beside(self, said: Saying, extras: list[Saying]) -> Saying:
        """An answer that goes on with facts nobody asked for."""
        text = said.text
        for extra in extras:
            text = self.rng.choice(PHRASES["extras"]).format(answer=text, fact=extra.text)
        facts = {**said.facts, **{f: v for e in extras for f, v in e.facts.items()}}
        entails = said.entails.union(*(e.entails for e in extras))
        return replace(said, text=text, facts=facts, entails=entails)

    def slipped(self, said: Saying) -> Saying:
        """The same with a slip of the fingers, where one is possible."""
        text = slip(self.rng, said.text)
        return said if text == said.text else replace(said, text=text, slipped=True)

    def aside(self) -> Saying:
        """A question on the side, small talk or nonsense."""
        said = [(text, intent) for intent, texts in PHRASES["asides"].items() for text in texts]
        text, intent = self.rng.choice(said)
        return Saying(text, "aside", intent=intent)

    def date(self, iso: str) -> str:
        """A date as staff write it; one form in ten can be read in two ways."""
        forms = PHRASES["dates"]
        form = self.rng.choice(forms["ambiguous"] if self.rng.random() < 0.1 else forms["clear"])
        day = date.fromisoformat(iso)
        written = str(form).format(
            day=day.day, dd=f"{day:%d}", mm=f"{day:%m}", iso=iso, year=day.year,
            yy=f"{day:%y}", Month=f"{day:%B}", Mon=f"{day:%b}", nth=_ordinal(day.day),
        )  # fmt: skip
        return written

    def drugs(self, names: list[str]) -> str:
        """Drugs by generic, short or brand name, joined as in notes."""
        if not names:
            return NO_DRUGS
        said = [self.rng.choice((name, name, *PHRASES["names"].get(name, ()))) for name in names]
        joint = self.rng.choice(PHRASES["joins"])
        return str(joint).join(said) if len(said) == 2 else " + ".join(said)

    def _template(self, entry: Any, value: Any) -> str:
        choices = entry[_key(value)] if isinstance(entry, dict) else entry
        if value == []:
            choices = ["{drugs}"]
        return str(self.rng.choice(choices))

    def _saying(self, template: str, kind: str, facts: Mapping[str, Any], fact: str = "") -> Saying:
        spoken = {name: self._spoken(name, value) for name, value in facts.items()}
        only = next(iter(spoken.values()))
        text = template.format(v=only, date=only, drugs=only, **PRONOUNS[self.sex], **spoken)
        entailed = {e for name in facts for e in PHRASES["entails"].get(name, ())}
        return Saying(text, kind, facts, frozenset(entailed | {"sex"}), fact)

    def _spoken(self, fact: str, value: Any) -> str:
        if fact in DATES:
            return self.date(value)
        if fact in DRUGS:
            return self.drugs(value)
        return f"{value:g}" if isinstance(value, float) else str(value)


def together(sayings: list[Saying], start: str, joint: str, end: str = "") -> Saying:
    """Several chunks as one opening message."""
    facts = {name: value for s in sayings for name, value in s.facts.items()}
    entails = frozenset(e for s in sayings for e in s.entails)
    chunks = [_capital(s.text) for s in sayings] if joint.startswith(".") else [s.text for s in sayings]
    return Saying(start + joint.join(chunks) + end, "opening", facts, entails)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ordinal(day: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th") if day not in (11, 12, 13) else "th"
    return f"{day}{ending}"


def _key(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
