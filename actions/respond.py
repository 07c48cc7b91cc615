"""The one action: answer what was said. Which move that is, and what it says, is decided in `bot.interview`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import slots
from bot.deployment import active_protocol, today
from bot.interview.scene import Said, Scene
from bot.interview.turn import respond
from bot.interview.wording import wording


class ActionRespond(Action):
    """Answers every message that has not been answered yet."""

    def name(self) -> str:
        return "action_respond"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        scene = Scene(active_protocol(), today(), wording())
        record = slots.record_of(tracker, scene.protocol.id)
        said: Said = ()
        for sent, heard in slots.unanswered(tracker, record):
            earlier = tuple(u for u in said if not u.buttons)
            record, answer = respond(record, heard, scene)
            record, said = replace(record, seen=sent), (*earlier, *answer)
        utter(dispatcher, said)
        return slots.events(tracker, record)


def utter(dispatcher: CollectingDispatcher, said: Said) -> None:
    """Say it: text and buttons first, the payload for programs beside it."""
    for utterance in said:
        dispatcher.utter_message(
            text=utterance.text,
            buttons=[{"title": title, "payload": title} for title in utterance.buttons],
            json_message=dict(utterance.custom) if utterance.custom is not None else None,
        )
