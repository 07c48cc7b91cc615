"""Rasa graph components around the reader of facts: thin, no clinical knowledge."""

from __future__ import annotations

import hashlib
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.catalogue import DATA
from bot.deployment import today
from bot.extraction import Reading, reader
from bot.nlu import faster
from bot.nlu.intents import inside_a_question, settle

faster.install()

# Rasa calls typing.get_type_hints on components: imports stay at run time, annotations stay plain.

FULL_TEXT = "full_text"
MOST_FEATURISED = 400
"""Characters that the intent classifier sees: the intent of a pasted letter shows in its first lines, and the
work stays bounded however much is pasted. Facts are read in the whole text."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Doorstep(GraphComponent):
    """Lets a blank or very long message through the classifier: it sees a bounded, never empty text."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Doorstep:
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            message.set(FULL_TEXT, text)
            message.set(TEXT, text[:MOST_FEATURISED] if text.strip() else "-")
        return messages


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactReader(GraphComponent):
    """Puts the facts that a message states into entities, read in the light of the question just asked."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"language": "en"}

    def __init__(self, config: dict[str, Any]) -> None:
        self._reader = reader(config["language"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FactReader:
        return cls(config)

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str | None:
        """A changed lexicon is a changed model: without this Rasa would not retrain."""
        digest = hashlib.sha256()
        for path in sorted((DATA / "lexicon").glob("**/*.yml")):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        asked = tracker.get_slot("asked") if tracker is not None else None
        for message in messages:
            text = message.get(FULL_TEXT) or ""
            message.set(TEXT, text)
            reading = self._reader.read(text, asked=asked, reference_date=today())
            intent = settle(message.get(INTENT) or {}, reading, text)
            found = [e for e in entities(reading) if not inside_a_question(text, intent["name"], e["start"])]
            message.set(INTENT, intent, add_to_output=True)
            message.set(ENTITIES, found, add_to_output=True)
            message.set("asked", asked, add_to_output=True)
        return messages


def entities(reading: Reading) -> list[dict[str, Any]]:
    """Facts and doubts of a reading as Rasa entities with offsets, value and quote."""
    found: list[dict[str, Any]] = []
    for fact, value in sorted(reading.facts.items(), key=lambda item: reading.evidence[item[0]].start):
        words = reading.evidence[fact]
        found.append(
            {
                "entity": fact,
                "value": value,
                "start": words.start,
                "end": words.end,
                "quote": words.text,
                "corrected": fact in reading.corrected,
                "extractor": "FactReader",
            }
        )
    for ask in reading.asks:
        found.append(
            {
                "entity": "doubt",
                "value": ask.fact,
                "start": ask.start,
                "end": ask.end,
                "reason": ask.reason,
                "options": list(ask.options),
                "extractor": "FactReader",
            }
        )
    return found
