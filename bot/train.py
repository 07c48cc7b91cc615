"""`candid train`: the intent model from committed data, reproducibly, by Rasa's own trainer."""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence

from bot.processes import MODEL, QUIET, ROOT

_INPUTS = (
    "config.yml", "domain.yml", "data/nlu", "data/rules", "data/lexicon", "data/glossary.yml", "data/drugs.yml",
    "data/wording/en/questions.yml", "bot/nlu",
)  # fmt: skip
_STAMP = MODEL.with_suffix(".inputs")


def fingerprint() -> str:
    """One hash of everything that the model is made from."""
    digest = hashlib.sha256()
    for name in _INPUTS:
        place = ROOT / name
        files = sorted(place.rglob("*.*")) if place.is_dir() else [place]
        for file in files:
            if file.suffix in (".yml", ".py"):
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the trained model was made from the data as it is now."""
    return MODEL.exists() and _STAMP.exists() and _STAMP.read_text() == fingerprint()


def train() -> int:
    """Train and store `models/candid.tar.gz`; the exit status of Rasa's trainer."""
    print("Training the intent model (about 20 seconds) ...", flush=True)
    began = time.monotonic()
    before = fingerprint()
    # `rasa data validate` is a test of its own; here it would only cost time.
    command = [sys.executable, "-m", "bot.rasa_main", "train", "--skip-validation"]
    command += ["--fixed-model-name", "candid", "--out", "models"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)
    if done.returncode != 0 or not MODEL.exists():
        print(done.stdout + done.stderr, file=sys.stderr)
        print("candid: training failed; the lines above say where.", file=sys.stderr)
        return done.returncode or 1
    _STAMP.write_text(before)
    print(f"Trained in {time.monotonic() - began:.0f} s: {MODEL.relative_to(ROOT)}", flush=True)
    return 0


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="candid train", description=__doc__)
    parser.add_argument("--if-needed", action="store_true", help="do nothing when the model is up to date")
    options = parser.parse_args(argv)
    if options.if_needed and is_current():
        return 0
    return train()
