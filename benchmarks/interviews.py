"""How many questions an interview takes, beside the fewest that could have done; and how long the turns take.

    .venv/bin/python -m benchmarks.interviews [--interviews 200] [--first-seed 1000]

The same simulated coordinator as in the tests, on seeds of its own, against servers started for it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot import train
from bot.processes import Servers, free_port
from tests.conversation.assessing import Held, report
from tests.conversation.chat import TODAY
from tests.conversation.test_interviews import SENDERS, interview


def main(argv: Sequence[str]) -> int:
    """Print the figures; 1 where an interview had anything wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--interviews", type=int, default=200)
    parser.add_argument("--first-seed", type=int, default=1000, help="the tests use the seeds from 0")
    options = parser.parse_args(argv)
    if not train.is_current() and (status := train.train()):
        return status
    seeds = range(options.first_seed, options.first_seed + options.interviews)
    with tempfile.TemporaryDirectory(prefix="candid-interviews-") as name:
        folder = Path(name)
        servers = Servers(
            folder, free_port(), free_port(), database=folder / "chat.db", environment={"CANDID_TODAY": TODAY}
        )
        try:
            servers.start_actions()
            servers.start_rasa()
            servers.wait()
            began = time.monotonic()
            with ThreadPoolExecutor(SENDERS) as pool:
                held = list(pool.map(lambda seed: interview(servers, seed), seeds))
            took = time.monotonic() - began
        finally:
            servers.stop()
    print(report(held))
    turns = sum(h.log.turns for h in held)
    print(f"took {took:.0f} s with {SENDERS} senders: {took / turns * 1000:.1f} ms a turn")
    return _wrong(held)


def _wrong(held: Sequence[Held]) -> int:
    complaints = [(h, text) for h in held for text in h.complaints()]
    for h, text in complaints:
        print(f"seed {h.seed} ({h.log.kind}): {text}")
    unclear = Counter(text for h in held for text in h.log.not_understood)
    for text, count in unclear.most_common():
        print(f"{count} x {text}")
    return int(bool(complaints))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
