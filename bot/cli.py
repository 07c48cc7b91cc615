"""The `candid` command. Each verb imports only what it needs: `extract` and `screen` load no Rasa."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence

VERBS: Mapping[str, tuple[str, str]] = {
    "serve": ("bot.server", "start the assistant: REST channel and action server, training first if needed"),
    "chat": ("bot.chat", "talk to it in this terminal (starts a server if none is running)"),
    "screen": ("bot.screen", "judge candidates: JSON Lines of facts in, verdicts out"),
    "extract": ("bot.extract", "read facts: JSON Lines of texts in, facts with their quotes out"),
    "train": ("bot.train", "train the intent model from data/ (--if-needed: only when something changed)"),
    "domain": ("bot.domain", "rewrite the generated blocks of domain.yml (--check: only compare)"),
    "evaluate-extraction": ("bot.evaluate", "precision, recall and wrong values of the reading, per fact"),
}

HELP = """\
Candid screens candidates for a clinical trial and explains every verdict in the protocol's own words.

usage: candid VERB [options]        candid VERB --help for its options

{verbs}

For example:
  candid chat
  echo '{{"id": "1", "text": "54M, ECOG 1, PR after GP x6 + toripalimab"}}' | candid extract
  echo '{{"id": "1", "facts": {{"age_years": 54, "ecog": 1}}}}' | candid screen

It judges inclusion criteria only; exclusion criteria are not assessed, and the investigator decides."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; its exit status. 2 for a verb that does not exist."""
    verb, *rest = list(sys.argv[1:] if argv is None else argv) or ["--help"]
    if verb in ("-h", "--help", "help"):
        listed = "\n".join(f"  {name:21}{text}" for name, (_, text) in VERBS.items())
        print(HELP.format(verbs=listed))
        return 0
    if verb not in VERBS:
        print(f"candid: there is no verb {verb!r}; `candid --help` lists them.", file=sys.stderr)
        return 2
    try:
        return int(importlib.import_module(VERBS[verb][0]).main(rest))
    except (KeyboardInterrupt, BrokenPipeError):
        return 130


if __name__ == "__main__":
    sys.exit(main())
