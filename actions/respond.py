"""The one action: answer what was said. Which move that is, and what it says, is decided in `bot.interview`."""

from __future__ import annotations

import json
import os
from datetime import date
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import slots
from bot.interview.scene import Said, Scene
from bot.interview.turn import respond
from bot.interview.wording import wording
from bot.protocol import Protocol, load_protocol


@lru_cache(maxsize=1)
def protocol() -> Protocol:
    """The protocol that this server screens for, with the settings it was started with."""
    name = os.environ.get("CANDID_PROTOCOL", "nct07188584")
    return load_protocol(name, settings=json.loads(os.environ.get("CANDID_SETTINGS", "{}")))


def today() -> date:
    """Today; `CANDID_TODAY` (an ISO date) stands in for it in tests and demonstrations."""
    given = os.environ.get("CANDID_TODAY")
    return date.fromisoformat(given) if given else date.today()


class ActionRespond(Action):
    """Answers every message that has not been answered yet."""

    def name(self) -> str:
        return "action_respond"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        scene = Scene(protocol(), today(), wording())
        record = slots.record_of(tracker, scene.protocol.id)
        seen, said = record.seen, ()
        for seen, heard in slots.unanswered(tracker, record):
            earlier = tuple(u for u in said if not u.buttons)
            record, said = respond(record, heard, scene)
            said = (*earlier, *said)
        utter(dispatcher, said)
        return slots.events(tracker, record, seen)


def utter(dispatcher: CollectingDispatcher, said: Said) -> None:
    """Say it: text and buttons first, the payload for programs beside it."""
    for utterance in said:
        dispatcher.utter_message(
            text=utterance.text,
            buttons=[{"title": title, "payload": title} for title in utterance.buttons],
            json_message=dict(utterance.custom) if utterance.custom is not None else None,
        )
