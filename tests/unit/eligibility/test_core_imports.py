"""The core starts fast: neither Rasa nor spaCy nor TensorFlow comes with it."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from bot.screen import main
main(["--help"])
heavy = {"rasa", "rasa_sdk", "spacy", "tensorflow", "numpy", "bot.extraction", "bot.nlu", "actions"}
print("came along:", sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


def test_the_core_brings_no_framework_along() -> None:
    run = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert run.stderr.strip() == "came along: []"
