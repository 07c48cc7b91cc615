"""Intent classifiers side by side: cross-validated F1, held-out F1, training time, latency, model size.

    python benchmarks/intents.py [--folds 5] [--only NAME ...]

Every candidate sees the same data (data/nlu, tests/nlu) in the same run; the fact reader is left out, so that the
figures are those of the classifier alone. Prints the markdown table of the decision record.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import statistics
import time
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", RASA_TELEMETRY_ENABLED="false", SQLALCHEMY_SILENCE_UBER_WARNING="1")
warnings.simplefilter("ignore")

import structlog  # noqa: E402
import yaml  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
WORDS: list[dict[str, object]] = [{"name": "WhitespaceTokenizer"}, {"name": "CountVectorsFeaturizer"}]
CHARS = [*WORDS, {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}]
LONG = [*WORDS, {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 2, "max_ngram": 5, "min_df": 2}]
LBFGS = {"name": "LogisticRegressionClassifier", "max_iter": 300, "random_state": 7}
LIBLINEAR = {"name": "LogisticRegressionClassifier", "solver": "liblinear", "random_state": 7}
OURS: list[dict[str, object]] = [{"name": "WhitespaceTokenizer"}, {"name": "bot.nlu.intent_model.IntentModel"}]
CANDIDATES: dict[str, list[dict[str, object]]] = {
    "linear SVM over masked words and word classes (ours)": OURS,
    "logistic (liblinear), words": [*WORDS, LIBLINEAR],
    "logistic (liblinear), words + characters 2-5": [*LONG, LIBLINEAR],
    "logistic (lbfgs), words + characters 2-5": [*LONG, LBFGS],
    "DIET, rasa init's settings": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        *CHARS[1:],
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 7},
    ],
}


async def measure(pipeline: list[dict[str, object]], folds: int, folder: Path) -> dict[str, float]:
    """F1 (macro) cross-validated and held out, seconds of one training, milliseconds of one parse, megabytes."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu
    from rasa.nlu.test import cross_validate
    from rasa.shared.importers.rasa import RasaFileImporter
    from sklearn.metrics import f1_score

    config = folder / "config.yml"
    config.write_text(
        yaml.safe_dump({"recipe": "default.v1", "assistant_id": "b", "language": "en", "pipeline": pipeline})
    )
    data = RasaFileImporter(training_data_paths=[str(ROOT / "data/nlu")]).get_nlu_data()
    report = folder / "report"
    await cross_validate(
        data,
        folds,
        str(config),
        output=str(report),
        successes=False,
        errors=False,
        disable_plotting=True,
        report_as_dict=True,
    )
    crossed = json.loads((report / "intent_report.json").read_text())["macro avg"]["f1-score"]
    began = time.perf_counter()
    model = train_nlu(str(config), str(ROOT / "data/nlu"), str(folder / "models"))
    seconds = time.perf_counter() - began
    agent = Agent.load(model)
    held = RasaFileImporter(training_data_paths=[str(ROOT / "tests/nlu")]).get_nlu_data()
    right, guessed, times = [], [], []
    for message in held.intent_examples:
        began = time.perf_counter()
        parsed = await agent.parse_message(message.get("text"))
        times.append(1000 * (time.perf_counter() - began))
        right.append(message.get("intent"))
        guessed.append(parsed["intent"]["name"] or "none")
    return {
        "crossed": crossed,
        "held": float(f1_score(right, guessed, average="macro", labels=sorted(set(right)))),
        "train": seconds,
        "latency": statistics.median(times),
        "size": Path(model).stat().st_size / 1e6,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=list(CANDIDATES))
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    print("| classifier | macro-F1, cross-validated | macro-F1, held out | training, s | one message, ms | model, MB |")
    print("|---|---|---|---|---|---|")
    for name in options.only:
        with TemporaryDirectory() as folder:
            m = asyncio.run(measure(CANDIDATES[name], options.folds, Path(folder)))
        print(
            f"| {name} | {m['crossed']:.3f} | {m['held']:.3f} "
            f"| {m['train']:.1f} | {m['latency']:.1f} | {m['size']:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
