"""Writes the generated blocks of domain.yml: intents, entities and slots follow the catalogue and the moves.

`candid domain` rewrites them; `candid domain --check` fails where they have drifted. Rasa keeps its own domain
format; only what lies between the BEGIN and END marks is ours to write.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.catalogue import DATA, concepts
from bot.interview.turn import MOVES

DOMAIN = DATA.parent / "domain.yml"
_TYPES = {
    "number": "float",
    "integer": "float",
    "bool": "bool",
    "date": "text",
    "choice": "text",
    "list": "list",
}
_BLOCK = re.compile(r"(?P<begin>  # BEGIN (?P<name>\w+) [^\n]*\n)(?P<body>.*?)(?P<end>  # END (?P=name)\n)", re.S)


def blocks() -> dict[str, str]:
    """The text of each generated block, by name."""
    intents = "".join(f"  - {name}:\n      use_entities: []\n" for name in sorted(MOVES))
    entities = "".join(f"  - {name}\n" for name in (*concepts(), "doubt"))
    return {"intents": intents, "entities": entities, "slots": "".join(map(_slot, concepts()))}


def _slot(name: str) -> str:
    concept = concepts()[name]
    numbers = concept.kind == "choice" and all(isinstance(v, int) for v in concept.values)
    kind = "float" if numbers else _TYPES[concept.kind]
    return f"  {name}:\n    type: {kind}\n    influence_conversation: false\n    mappings:\n      - type: custom\n"


def generated(text: str) -> str:
    """The domain's text with its blocks written anew. Raises ValueError where a block has no marks."""
    found = {m["name"] for m in _BLOCK.finditer(text)}
    if missing := set(blocks()) - found:
        raise ValueError(f"domain.yml: no BEGIN/END marks for {', '.join(sorted(missing))}")
    return _BLOCK.sub(lambda m: m["begin"] + blocks()[m["name"]] + m["end"], text)


def main(argv: Sequence[str], path: Path = DOMAIN) -> int:
    """`candid domain [--check]`; exit status 1 where --check finds drift."""
    parser = argparse.ArgumentParser(prog="candid domain", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where domain.yml has drifted")
    options = parser.parse_args(argv)
    text = path.read_text(encoding="utf-8")
    new = generated(text)
    if options.check:
        if new != text:
            print("domain.yml has drifted from data/concepts.yml; run `candid domain`.", file=sys.stderr)
        return int(new != text)
    path.write_text(new, encoding="utf-8")
    return 0
