"""The classifier on a handful of examples: trained, stored, loaded, the same every time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

EXAMPLES = {
    "stop": ["stop here", "please stop", "stop the interview", "stop it now"],
    "greet": ["hello", "hello there", "good morning", "hello and good morning"],
    "help": ["I need help", "help me please", "can you help me", "help with this"],
}


def trained(folder: Path, intents: int = 3) -> tuple[Any, Any, Any]:
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    from bot.nlu.intent_model import IntentModel

    chosen = list(EXAMPLES.items())[:intents]
    data = TrainingData([Message.build(text, intent) for intent, texts in chosen for text in texts])
    storage, resource = LocalModelStorage.create(folder), Resource("intents")
    model = IntentModel(IntentModel.get_default_config(), storage, resource)
    model.train(data)
    return model, storage, resource


@pytest.mark.parametrize("intents", [2, 3])
def test_it_learns_and_survives_storage(tmp_path: Path, intents: int) -> None:
    model, storage, resource = trained(tmp_path, intents)
    loaded = type(model).load(type(model).get_default_config(), storage, resource, None)
    for text, intent in (("stop now please", "stop"), ("hello, good morning to you", "greet")):
        assert model.rank(text)[0][0] == intent
        assert loaded.rank(text) == model.rank(text)


def test_confidences_add_up_and_nonsense_has_none_to_spare(tmp_path: Path) -> None:
    model, _, _ = trained(tmp_path)
    assert sum(share for _, share in model.rank("help")) == pytest.approx(1)
    assert model.rank("")[0][1] < model.rank("please stop")[0][1]


def test_the_same_data_train_the_same_model(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert trained(tmp_path / "a")[0].rank("stop helping") == trained(tmp_path / "b")[0].rank("stop helping")
