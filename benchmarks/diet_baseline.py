"""Rasa's own entity recogniser (DIET) trained on the development half, as a reader that `bot.evaluate` can score.

The marking says which values a line states, not where. The places come from Candid's reader wherever its value agrees
with the marking (distant supervision). Two ways to name an entity: by its fact, the value learned from the words of the
span (most frequent in training for that fact and text); or by fact and value together, so that the words around the
span can decide ("not ... signed"). Numbers and dates are parsed by plain code. A span can carry one label: facts of
the very same words share one ("able+willing"), of two that overlap the shorter keeps its words and the longer the rest.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.regex_baseline import Found
from benchmarks.regex_table import day_of, numbers
from bot.evaluate import REFERENCE_DATE, Reader, same_value

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", RASA_TELEMETRY_ENABLED="false", SQLALCHEMY_SILENCE_UBER_WARNING="1")

SEED = 7
LISTS = frozenset({"chemo_agents", "io_agents", "other_agents"})
DATES = frozenset({"birth_date", "icf_date", "pregnancy_test_date", "enrollment_date"})
NUMBERS = frozenset({
    "age_years", "ecog", "kps", "staging_edition", "therapy_line", "chemo_cycles", "metastatic_lesion_count",
})  # fmt: skip
_JOINT = re.compile(r"\s*(?:[+/,&]|\band\b|\bplus\b|\bwith\b|-(?=[a-z]))\s*", re.IGNORECASE)
OPEN = LISTS | DATES | NUMBERS  # facts whose value is never part of a label


def pipeline(epochs: int) -> list[dict[str, Any]]:
    """Rasa's recommended featurizers; the token pattern parts letters from figures ("cT3N2M1", "54M", "GPx6")."""
    return [
        {"name": "WhitespaceTokenizer", "token_pattern": r"[^\W\d_\u2e80-\u9fff]+|\d+|[\u2e80-\u9fff]|[^\w\s]"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {
            "name": "DIETClassifier",
            "intent_classification": False,
            "entity_recognition": True,
            "BILOU_flag": False,  # four times the labels: sixteen times the work of the CRF, and slower to learn
            "batch_size": [8, 16],  # the default of up to 256 needs over 20 GB: letters are long, tags are many
            "epochs": epochs,
            "random_seed": SEED,
        },
    ]


@dataclass(frozen=True)
class Span:
    """The words of one or more facts, by character offsets."""

    start: int
    end: int
    facts: tuple[str, ...]


def apart(spans: Iterable[Span]) -> list[Span]:
    """Spans that do not overlap: the same words share a label, a longer span keeps its longest uncovered piece."""
    same: dict[tuple[int, int], set[str]] = defaultdict(set)
    for span in spans:
        same[span.start, span.end].update(span.facts)
    kept: list[Span] = []
    for (start, end), facts in sorted(same.items(), key=lambda item: item[0][1] - item[0][0]):
        pieces = [(start, end)]
        for other in kept:
            pieces = [p for s, e in pieces for p in ((s, min(e, other.start)), (max(s, other.end), e)) if p[0] < p[1]]
        if pieces:
            begin, stop = max(pieces, key=lambda piece: piece[1] - piece[0])
            kept.append(Span(begin, stop, tuple(sorted(facts))))
    return sorted(kept, key=lambda span: span.start)


def _lead(asked: str | None) -> str:
    """What stands before a reply, so that DIET too knows what was asked."""
    return f"{asked} : " if asked else ""


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


@dataclass
class Training:
    """Rasa's training examples and the learned values; `values[fact][words]` counts what the words meant."""

    with_values: bool
    examples: list[dict[str, Any]] = field(default_factory=list)
    values: dict[str, dict[str, Counter[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
    )
    placed: int = 0
    stated: int = 0

    def label(self, fact: str, value: object) -> str:
        return f"{fact}={json.dumps(value)}" if self.with_values and fact not in OPEN else fact

    def add(self, line: Mapping[str, Any], output: Mapping[str, Any], teacher: Reader) -> None:
        """Take one marked-up line, its values placed where `output` (as of `candid extract`) found the same ones."""
        text, marked, shown = line["text"], line["facts"], output["evidence"]
        agreed = [f for f, value in output["facts"].items() if f in marked and same_value(f, value, marked[f])]
        self.stated, self.placed = self.stated + len(marked), self.placed + len(agreed)
        meant: dict[tuple[int, int, str], Any] = {}
        for fact in agreed:
            start, end = shown[fact]["start"], shown[fact]["end"]
            parts = _members(text, start, end, fact, marked[fact], teacher) if fact in LISTS else {}
            meant.update({(*place, fact): value for place, value in (parts or {(start, end): marked[fact]}).items()})
        lead, entities = _lead(line.get("asked")), []
        for span in apart(Span(start, end, (fact,)) for start, end, fact in meant):
            words = text[span.start : span.end]
            labels = []
            for fact in span.facts:
                value = next(v for (s, e, f), v in meant.items() if f == fact and s <= span.start and span.end <= e)
                self.values[fact][_plain(words)][json.dumps(value)] += 1
                labels.append(self.label(fact, value))
            place = {"start": span.start + len(lead), "end": span.end + len(lead)}
            entities.append({**place, "value": words, "entity": "+".join(labels)})
        self.examples.append({"text": lead + text, "intent": "inform", "entities": entities})


def _members(
    text: str, start: int, end: int, fact: str, wanted: Sequence[str], teacher: Reader
) -> dict[tuple[int, int], list[str]]:
    """The drugs of a list each in their own place ("gem/cis"); empty where the teacher cannot tell them apart."""
    found: dict[tuple[int, int], list[str]] = {}
    edges = [start, *(edge + start for match in _JOINT.finditer(text[start:end]) for edge in match.span()), end]
    for begin, stop in zip(edges[::2], edges[1::2], strict=True):
        value = teacher.read(text[begin:stop], asked=fact).to_dict()["facts"].get(fact)
        if value:
            found[begin, stop] = list(value)
    return found if sorted({name for names in found.values() for name in names}) == sorted(wanted) else {}


def training_of(lines: Sequence[Mapping[str, Any]], teacher: Reader, with_values: bool) -> Training:
    """Distant supervision: marked-up lines placed by the teacher."""
    made = Training(with_values)
    for line in lines:
        day = date.fromisoformat(line.get("reference_date") or REFERENCE_DATE)
        reading = teacher.read(line["text"], asked=line.get("asked"), reference_date=day)
        made.add(line, json.loads(json.dumps(reading.to_dict(), default=str)), teacher)
    return made


def _value(training: Training, fact: str, words: str, day: date) -> object:
    """What the words of a span say about a fact; None where that was never learned and cannot be parsed."""
    if fact in DATES:
        return day_of(words, day)
    counted = training.values[fact].get(_plain(words))
    if counted:
        return json.loads(counted.most_common(1)[0][0])
    found = numbers(words) if fact in NUMBERS else []
    if not found:
        return None
    return sum(found) if fact == "metastatic_lesion_count" else found[0]


class DietReader:
    """DIET as a reader: `train` first, then `read`."""

    def __init__(self, training: Training, folder: Path, epochs: int) -> None:
        """Train in `folder` with Rasa's trainer; takes minutes. Raises RuntimeError where Rasa gives no model."""
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
        import structlog

        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
        from rasa.core.agent import Agent
        from rasa.model_training import train_nlu

        self.training = training
        config, data = folder / "config.yml", folder / "data.json"
        settings = {"recipe": "default.v1", "assistant_id": "benchmark", "language": "en", "pipeline": pipeline(epochs)}
        config.write_text(json.dumps(settings))  # JSON is YAML
        data.write_text(json.dumps({"rasa_nlu_data": {"common_examples": training.examples}}), encoding="utf-8")
        model = train_nlu(str(config), str(data), str(folder / "models"))
        if model is None:
            raise RuntimeError("Rasa trained no model.")
        self.agent = Agent.load(model)
        self.loop = asyncio.new_event_loop()

    def read(self, text: str, asked: str | None = None, reference_date: date | None = None) -> Found:
        """The values of the entities that DIET finds; lists are united, of single values the last one counts."""
        lead, found = _lead(asked), Found()
        parsed = self.loop.run_until_complete(self.agent.parse_message(lead + text))
        for entity in parsed["entities"]:
            start, end = max(0, entity["start"] - len(lead)), entity["end"] - len(lead)
            if end <= start:
                continue
            for label in entity["entity"].split("+"):
                fact, _, value = label.partition("=")
                meant = (
                    json.loads(value)
                    if value
                    else _value(self.training, fact, text[start:end], reference_date or date.today())
                )
                if meant is not None:
                    found.add(fact, meant, text, start, end)
        return found
