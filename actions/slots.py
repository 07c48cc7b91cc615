"""The only place that maps between Rasa's tracker and Candid's record: slots, entities and messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SessionStarted, SlotSet

from bot.catalogue import concepts
from bot.interview.record import Doubt, Heard, HeardFact, Record, from_json

EXTRACTOR = "FactReader"
"""Entities of any other origin (a typed "/inform{...}") are not evidence of anything and are not read."""

MOST_EVENTS = 48
"""Longer histories are checkpointed: Rasa's work in a turn grows with the events of the session, so a new session
is begun inside the store with every slot carried over. Older events stay in the store."""


def record_of(tracker: Tracker, protocol: str) -> Record:
    """The record in the tracker, or a fresh one for this protocol."""
    data = tracker.get_slot("record")
    if data is None:
        return Record(protocol)
    if (
        data["protocol"] != protocol
    ):  # the server screens for another trial now; what was said for the old one stays there
        return Record(protocol, seen=data["seen"])
    return from_json(data)


def unanswered(tracker: Tracker, record: Record) -> Iterator[tuple[float, Heard]]:
    """Messages since the last one answered, oldest first: more than one after the action server was away."""
    for event in _tail(tracker.events, record.seen):
        if event.get("event") == "user":
            yield event["timestamp"], heard(event)


def _tail(events: list[dict[str, Any]], seen: float) -> list[dict[str, Any]]:
    later: list[dict[str, Any]] = []
    for event in reversed(events):
        if event["timestamp"] <= seen:
            break
        later.append(event)
    return later[::-1]


def heard(event: Mapping[str, Any]) -> Heard:
    """One user message as the NLU pipeline understood it."""
    parsed = event.get("parse_data") or {}
    facts: dict[str, HeardFact] = {}
    doubts: list[Doubt] = []
    for entity in parsed.get("entities") or ():
        if entity.get("extractor") != EXTRACTOR:
            continue
        if entity["entity"] == "doubt":
            doubts.append(Doubt(entity["value"], entity["reason"], tuple(entity["options"])))
        else:
            quote = entity["quote"]
            start = entity["start"] + len(quote) - len(quote.lstrip()) if "start" in entity else None
            facts[entity["entity"]] = HeardFact(entity["value"], quote.strip(), entity["corrected"], start)
    intent = (parsed.get("intent") or {}).get("name") or "nlu_fallback"
    return Heard(event.get("text") or "", intent, facts, tuple(doubts), parsed.get("asked"))


def events(tracker: Tracker, record: Record) -> list[EventType]:
    """The slots that changed, and the end of the turn."""
    slots: dict[str, Any] = dict.fromkeys(concepts())
    slots.update(record.facts())
    slots["asked"] = record.asked_for
    slots["record"] = record.to_json()
    # Said here rather than left to a policy: the rule's other ending is "the action server did not answer".
    done: list[EventType] = [FollowupAction("action_listen")]
    if len(tracker.events) > MOST_EVENTS:
        return [SessionStarted(), *(SlotSet(n, v) for n, v in slots.items() if v is not None), *done]
    return [*(SlotSet(n, v) for n, v in slots.items() if tracker.get_slot(n) != v), *done]
