"""Every phrase that the simulated coordinator can use is read as exactly the fact it stands for.

In process and quick: where an interview fails over a phrase, this names the phrase.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.extraction import reader
from bot.interview.wording import wording
from tests.conversation.chat import TODAY
from tests.conversation.judging import VALUES
from tests.conversation.speech import PHRASES, Saying, Speech

SAMPLES: dict[str, tuple[Any, ...]] = {
    "age_years": (17, 46, 70),
    "ecog": (0, 1, 3),
    "kps": (60, 90),
    "chemo_cycles": (1, 4, 6),
    "therapy_line": (1, 2),
    "metastatic_lesion_count": (1, 3, 5, 20),
    "chemo_agents": (
        ["gemcitabine", "cisplatin"], ["capecitabine", "nedaplatin"], ["paclitaxel", "carboplatin"],
        ["docetaxel", "cisplatin", "fluorouracil"], ["oxaliplatin"], ["capecitabine", "cisplatin"],
    ),
    "io_agents": (["toripalimab"], ["sintilimab"], ["tagitanlimab"], ["cadonilimab"], ["pembrolizumab"], []),
    "other_agents": (["bevacizumab"], ["apatinib"], ["nimotuzumab"]),
    "stage_group": ("III", "IVA", "IVB", "IVC"),
    "m_category": ("M0", "M1", "M1a", "M1b"),
    "t_category": ("T1", "T3"),
    "n_category": ("N0", "N3"),
    "birth_date": ("1980-03-14", "1956-10-02"),
    "icf_date": ("2026-11-18",),
    "pregnancy_test_date": ("2026-11-20", "2026-11-22"),
    "enrollment_date": ("2026-11-22", "2026-11-25"),
}  # fmt: skip
ROUNDS = 60
FEWEST = 12
"""Phrasings of each value of each fact, as an answer and volunteered."""
KNOWN_UNREAD = frozenset({"response inevaluable"})
"""Not yet read where nothing was asked, and never misread: the question for the response then follows."""
AMBIGUOUS = re.compile(r"\b\d\d([/-])\d\d\1\d")
"""A date whose day and month can change places: it is to be asked about."""


def samples(fact: str, entry: Any) -> tuple[Any, ...]:
    """Values to say for a fact: those of its mapping, otherwise the samples."""
    if isinstance(entry, dict):
        return tuple({"true": True, "false": False}.get(key, key) for key in entry)
    return SAMPLES.get(fact) or VALUES[fact]


def sayings(part: str) -> Iterator[tuple[str | None, Saying]]:
    """Every phrase of a part of `phrases.yml`, in several guises, with the fact that was asked for."""
    speech = Speech(random.Random(5), "female")
    seen = set()
    for fact, entry in PHRASES[part].items():
        for value in samples(fact, entry):
            for _ in range(ROUNDS):
                said = speech.answer(fact, value) if part == "asked" else speech.volunteered(fact, value)
                if said is not None and said.text not in seen:
                    seen.add(said.text)
                    yield (fact if part == "asked" else None), said


def pairs() -> Iterator[tuple[str | None, Saying]]:
    """Every template that states several facts at once."""
    rng = random.Random(7)
    for entry in PHRASES["pairs"]:
        for key in entry.keys() - {"facts"}:
            named = [{"true": True}.get(key, key)] if key != "any" else []
            for template in entry[key]:
                for _ in range(3):
                    facts = {f: _one(rng, f, named) for f in entry["facts"]}
                    said = Speech(rng, "female").pair({"facts": entry["facts"], key: [template]}, facts)
                    assert said is not None, (template, facts)
                    yield None, said


def _one(rng: random.Random, fact: str, named: list[Any]) -> Any:
    """A value for one fact of a pair: the one that its templates are for, where there is one."""
    possible = list(SAMPLES.get(fact) or VALUES[fact])
    fitting = [v for v in possible if v in named] or possible
    value = rng.choice([v for v in fitting if v != []])
    return value


def corrections() -> Iterator[tuple[str, Saying]]:
    """Corrections of every correctable fact, typed while something else is open."""
    for fact, entry in PHRASES["correction_labels"].items():
        values = list(entry.get("values") or samples(fact, []))
        if fact in ("ecog",):
            values = [int(v) for v in values]
        for template in PHRASES["corrections"]:
            text = template.format(label=entry["label"], old=values[0], new=values[1])
            for asked in ("confirmation", "metastatic_lesion_count", "willing"):
                if asked != fact:
                    yield asked, Saying(text, "correction", {fact: values[1]}, frozenset({"sex"}))


def problem(asked: str | None, said: Saying) -> str:
    """What is wrong with the reading of one message; empty where nothing is."""
    reading = reader("en").read(said.text, asked=asked, reference_date=date.fromisoformat(TODAY))
    doubtful = {ask.fact for ask in reading.asks}
    wrong = []
    for fact, value in said.facts.items():
        got = reading.facts.get(fact)
        same = sorted(got) == sorted(value) if isinstance(value, list) and got is not None else got == value
        if not same and not (fact in doubtful and got is None and AMBIGUOUS.search(said.text)):
            wrong.append(f"{fact} is {value!r}, read {got!r}{' (doubted)' if fact in doubtful else ''}")
    surplus = set(reading.facts) - set(said.facts) - said.entails
    wrong += [f"says nothing of {fact}, read {reading.facts[fact]!r}" for fact in sorted(surplus)]
    wrong += [f"needless doubt about {fact}" for fact in sorted(doubtful - set(said.facts))]
    if said.kind == "correction" and not set(said.facts) <= reading.corrected:
        wrong.append("not taken for a correction")
    if asked in said.facts and reading.answered == "dont_know":
        wrong.append("taken for a don't-know")
    return f"{said.text!r} (asked: {asked}): {'; '.join(wrong)}" if wrong else ""


def problems(said: Iterator[tuple[str | None, Saying]] | Iterator[tuple[str, Saying]]) -> str:
    judged = ((asked, saying) for asked, saying in said if saying.text not in KNOWN_UNREAD)
    return "\n".join(filter(None, (problem(asked, saying) for asked, saying in judged)))


def wordings() -> Iterator[tuple[str, list[str]]]:
    """Every list of phrasings with its place in the file."""
    for part in ("asked", "volunteered"):
        for fact, entry in PHRASES[part].items():
            for value, templates in entry.items() if isinstance(entry, dict) else [("any", entry)]:
                yield f"{part} {fact} {value}", templates
    for entry in PHRASES["pairs"]:
        for value in entry.keys() - {"facts"}:
            yield f"pairs {entry['facts']} {value}", entry[value]


@pytest.mark.parametrize(("place", "templates"), wordings())
def test_every_fact_has_at_least_twelve_phrasings(place: str, templates: list[str]) -> None:
    plain = {t.casefold().strip(" .") for t in templates}
    assert len(plain) >= FEWEST and len(set(templates)) == len(templates), place


def test_every_value_can_be_answered() -> None:
    """No value that a candidate can have is left without a phrase."""
    for fact, entry in PHRASES["asked"].items():
        if isinstance(entry, dict):
            values = {str(v).lower() if isinstance(v, bool) else str(v) for v in VALUES[fact]}
            assert values <= set(entry), fact


def test_shorthand_for_several_facts_is_read_as_it_is_meant() -> None:
    found = problems(pairs())
    assert not found, "\n" + found


@pytest.mark.parametrize("part", ["asked", "volunteered"])
def test_phrases_are_read_as_they_are_meant(part: str) -> None:
    found = problems(sayings(part))
    assert not found, "\n" + found


def test_corrections_are_read_as_corrections_whatever_is_open() -> None:
    found = problems(corrections())
    assert not found, "\n" + found


def test_dont_knows_are_taken_for_nothing_else() -> None:
    today = date.fromisoformat(TODAY)
    wrong = []
    for text in PHRASES["dont_know"]:
        for asked in PHRASES["asked"]:
            reading = reader("en").read(text, asked=asked, reference_date=today)
            if reading.facts or reading.asks:
                wrong.append(f"{text!r} (asked: {asked}): {reading.facts} {reading.asks}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_asides_and_skips_state_nothing_and_are_no_dont_knows() -> None:
    today = date.fromisoformat(TODAY)
    texts = [text for texts in PHRASES["asides"].values() for text in texts] + PHRASES["skip"]
    wrong = []
    for text in texts:
        for asked in PHRASES["asked"]:
            reading = reader("en").read(text, asked=asked, reference_date=today)
            if reading.facts or reading.asks or reading.answered is not None:
                wrong.append(f"{text!r} (asked: {asked}): {reading.facts} {reading.asks} {reading.answered}")
    assert not wrong, "\n" + "\n".join(wrong)


NO_ANSWERS = {("ecog", "PS"), ("ecog", "WHO performance status"), ("anti_pd1", "sintilimab")}
"""Names of scales, and a drug that answers the question through `io_agents`."""


def test_the_chats_own_examples_are_understood() -> None:
    """Where an answer was not understood, the chat gives examples in quotes: typing one must help."""
    today = date.fromisoformat(TODAY)
    wrong = []
    for fact, entry in wording().questions.items():
        for example in re.findall(r'"([^"]+)"', str(entry["again"])):
            reading = reader("en").read(example, asked=fact, reference_date=today)
            clear = fact in reading.facts or any(ask.fact == fact for ask in reading.asks)
            if not clear and (fact, example) not in NO_ANSWERS:
                wrong.append(f"{example!r} (asked: {fact}): {reading.facts} {reading.answered}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_no_button_is_read_as_another_answer() -> None:
    """The chat knows its buttons by their titles; whoever reads a title without the chat must not misread it."""
    today = date.fromisoformat(TODAY)
    wrong = []
    for fact, entry in wording().questions.items():
        for button in entry.get("buttons") or ():
            reading = reader("en").read(button["title"], asked=fact, reference_date=today)
            other = {k: v for k, v in reading.facts.items() if (k, v) != (fact, button["value"])}
            if other or reading.answered == "dont_know":
                wrong.append(f"{button['title']!r} (asked: {fact}): {reading.facts} {reading.answered}")
    assert not wrong, "\n" + "\n".join(wrong)
