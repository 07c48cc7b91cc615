"""The intent classifier as a Rasa graph component: a linear support vector machine over the features of `words`.

One component in the place of a tokeniser, two featurisers and a classifier: it trains in seconds, and a message costs a
sum over a few hundred rows of a table. How it was chosen: bot/decisions/0003-intent-classifier.md
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.words import features, sources

# Rasa calls typing.get_type_hints on components: imports stay at run time, annotations stay plain.

RANKED = 10
"""Intents reported in `intent_ranking`, the best first."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentModel(IntentClassifier, GraphComponent):
    """Trains on the intent examples, keeps its table in the model archive, ranks the intents of a message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """C: the weight of the examples against simplicity. sharpness: what turns margins into confidences;
        at 4 they agree with how often the classifier is right in cross-validation. seen_in: a feature of fewer
        examples is left out."""
        return {"C": 0.1, "sharpness": 4.0, "seen_in": 2, "random_state": 7}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._intents: list[str] = []
        self._rows: dict[str, int] = {}
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._bias = np.zeros(0, dtype=np.float32)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentModel:
        return cls(config, model_storage, resource)

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str | None:
        """Other word lists are another model: without this Rasa would not retrain."""
        digest = hashlib.sha256()
        for path in sources():
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit one separating plane per intent, and store them."""
        from scipy.sparse import csr_matrix
        from sklearn.svm import LinearSVC

        examples = [e for e in training_data.intent_examples if e.get(TEXT) and e.get(INTENT)]
        seen = [features(e.get(TEXT)) for e in examples]
        often = Counter(feature for found in seen for feature in found)
        names = sorted(feature for feature, times in often.items() if times >= self._config["seen_in"])
        self._rows = {name: row for row, name in enumerate(names)}
        # Sorted, since the order of a set changes from one process to the next, and the optimum with it by a hair.
        held = [sorted(self._rows[f] for f in found if f in self._rows) for found in seen]
        columns = [row for rows in held for row in rows]
        starts = np.cumsum([0, *(len(rows) for rows in held)])
        table = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(held), len(names)))
        machine = LinearSVC(
            C=self._config["C"], class_weight="balanced", tol=0.05, random_state=self._config["random_state"]
        )
        machine.fit(table, [e.get(INTENT) for e in examples])
        self._intents = [str(name) for name in machine.classes_]
        weights, bias = machine.coef_, machine.intercept_
        if len(self._intents) == 2:  # scikit-learn then keeps one plane for both
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        self._weights = np.ascontiguousarray(weights.T, dtype=np.float32)
        self._bias = bias.astype(np.float32)
        self._persist(names)
        return self._resource

    def _persist(self, names: list[str]) -> None:
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(folder / "planes.npz", weights=self._weights, bias=self._bias)
            held = {"intents": self._intents, "features": names}
            (folder / "names.json").write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentModel:
        """The trained component. Numbers and names only are read: nothing in the archive is run."""
        model = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            held = json.loads((folder / "names.json").read_text(encoding="utf-8"))
            with np.load(folder / "planes.npz", allow_pickle=False) as planes:
                model._weights, model._bias = planes["weights"], planes["bias"]
        model._intents = held["intents"]
        model._rows = {name: row for row, name in enumerate(held["features"])}
        return model

    def rank(self, text: str) -> list[tuple[str, float]]:
        """All intents with their confidence, the likeliest first; confidences add up to 1."""
        rows = sorted(self._rows[f] for f in features(text) if f in self._rows)
        margins = self._weights[rows].sum(axis=0) + self._bias
        raised = np.exp(self._config["sharpness"] * (margins - margins.max()))
        shares = raised / raised.sum()
        return [(self._intents[i], float(shares[i])) for i in np.argsort(-shares, kind="stable")]

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranked = [{"name": name, "confidence": share} for name, share in self.rank(message.get(TEXT) or "")]
            message.set(INTENT, ranked[0], add_to_output=True)
            message.set("intent_ranking", ranked[:RANKED], add_to_output=True)
        return messages
