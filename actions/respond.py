"""The one action: answer what was said. Which move that is, and what it says, is decided in `bot.interview`."""

from __future__ import annotations

import logging
import traceback
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import slots
from bot.deployment import active_protocol, today
from bot.interview.asking import put_again
from bot.interview.record import Heard, Record
from bot.interview.scene import Said, Scene, tell
from bot.interview.turn import respond
from bot.interview.wording import wording

logger = logging.getLogger(__name__)


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
            record, answer = _respond(record, heard, scene)
            record, said = replace(record, seen=sent), (*earlier, *answer)
        utter(dispatcher, said)
        return slots.events(tracker, record)


def _respond(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Answer one message; a mistake of ours costs that message and no more, and is told.

    The log gets the place of the mistake, never the words of the message.
    """
    try:
        return respond(record, heard, scene)
    except Exception as error:
        places = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(traceback.extract_tb(error.__traceback__)[-4:]))
        logger.error("A message could not be answered: %s at %s", type(error).__name__, places)
        return record, (tell(scene, "mistake"), *put_again(record, scene))


def utter(dispatcher: CollectingDispatcher, said: Said) -> None:
    """Say it: text and buttons first, the payload for programs beside it."""
    for utterance in said:
        dispatcher.utter_message(
            text=utterance.text,
            buttons=[{"title": title, "payload": title} for title in utterance.buttons],
            json_message=dict(utterance.custom) if utterance.custom is not None else None,
        )
