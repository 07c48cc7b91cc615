"""The interview in this process, without Rasa: every turn goes through JSON as it does through the slot."""

from __future__ import annotations

import json
from datetime import date

from bot.extraction import reader
from bot.interview.record import Doubt, Heard, HeardFact, Record, Utterance, from_json
from bot.interview.scene import Scene
from bot.interview.turn import respond
from bot.interview.wording import wording
from bot.nlu.intents import inside_a_question, settle
from bot.protocol import load_protocol
from tests.conversation.chat import TODAY, Reply
from tests.conversation.speech import Saying


class PerfectEar:
    """Stands in for both servers, and understands every message as it was meant."""

    def __init__(self) -> None:
        self.scene = Scene(load_protocol(), date.fromisoformat(TODAY), wording())
        self.record = Record(self.scene.protocol.id)
        self.lines: list[str] = []

    def say(self, saying: Saying) -> Reply:
        record, said = respond(self.record, self.hear(saying), self.scene)
        self.record = from_json(json.loads(json.dumps(record.to_json())))
        self.lines += [f"you> {saying.text}", *(f"bot> {u.text}" for u in said)]
        return Reply(json.loads(json.dumps([_message(u) for u in said])))

    def hear(self, saying: Saying) -> Heard:
        corrected = saying.kind == "correction"
        facts = {f: HeardFact(v, saying.text, corrected) for f, v in saying.facts.items()}
        return Heard(saying.text, saying.intent, facts, (), self.record.asked_for)


class ReadingEar(PerfectEar):
    """Reads the words with the real reader; only the guess of the intent is right by itself."""

    def hear(self, saying: Saying) -> Heard:
        text, asked = saying.text, self.record.asked_for
        reading = reader("en").read(text, asked=asked, reference_date=self.scene.today)
        intent = settle({"name": saying.intent, "confidence": 1.0}, reading, text)["name"]
        facts = {}
        for fact in sorted(reading.facts, key=lambda f: reading.evidence[f].start):
            words = reading.evidence[fact]
            if not inside_a_question(text, intent, words.start):
                start = words.start + len(words.text) - len(words.text.lstrip())
                facts[fact] = HeardFact(reading.facts[fact], words.text.strip(), fact in reading.corrected, start)
        doubts = tuple(Doubt(a.fact, a.reason, tuple(a.options)) for a in reading.asks)
        return Heard(text, intent, facts, doubts, asked)


def _message(said: Utterance) -> dict[str, object]:
    return {
        "text": said.text,
        "custom": said.custom and dict(said.custom),
        "buttons": [{"title": title} for title in said.buttons],
    }
