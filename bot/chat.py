"""`candid chat`: a terminal chat against the running server, or against one started for it."""

from __future__ import annotations

import argparse
import sys
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import train
from bot.deployment import DEFAULT_PROTOCOL, environment
from bot.processes import ROOT, Servers, StartError, free_port, send, taken

AWAY = "(The server does not answer. What you told it before is kept; try again in a moment.)"


def show(answers: Iterable[Mapping[str, object]]) -> str:
    """Answers as a terminal shows them: texts, then the buttons of a question in brackets."""
    lines = []
    for message in answers:
        if message.get("text"):
            lines.append(str(message["text"]))
        buttons = message.get("buttons")
        if isinstance(buttons, list):
            lines.append("  " + "  ".join(f"[{b['title']}]" for b in buttons))
    return "\n\n".join(lines)


def converse(url: str, sender: str) -> int:
    """Read lines until the end of input; print what comes back."""
    interactive = sys.stdin.isatty()
    if interactive:
        import readline  # noqa: F401 - line editing and history for input()

        print("Type or paste; an empty line or Ctrl-D leaves. Answers in [brackets] can be typed as they stand.\n")
    while True:
        try:
            text = input("you> " if interactive else "")
        except EOFError:
            return 0
        if not text.strip() and interactive:
            return 0
        if not interactive:
            print(f"you> {text}")
        try:
            print(f"\n{show(send(url, sender, text))}\n")
        except OSError:
            print(f"\n{AWAY}\n")


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="candid chat", description=__doc__)
    parser.add_argument("--port", type=int, default=5005, help="port of the running server (5005)")
    parser.add_argument("--sender", default=None, help="name of the conversation, to take one up again")
    parser.add_argument(
        "--protocol", default=DEFAULT_PROTOCOL, help="protocol, where a server is started for this chat"
    )
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--db", type=Path, default=ROOT / "candid.db")
    options = parser.parse_args(argv)
    sender = options.sender or f"terminal-{uuid.uuid4().hex[:8]}"
    if taken(options.port):
        if options.set or options.protocol != DEFAULT_PROTOCOL:
            print("A server is running; its own protocol and settings apply.", file=sys.stderr)
        return converse(f"http://127.0.0.1:{options.port}", sender)
    if not train.is_current() and (status := train.train()):
        return status
    try:
        told = environment(options.protocol, options.set)
    except (LookupError, ValueError) as error:
        print(f"candid chat: {error.args[0]}", file=sys.stderr)
        return 2
    print("No server is running; starting one for this chat (about 20 seconds) ...", flush=True)
    with TemporaryDirectory(prefix="candid-") as folder:
        servers = Servers(Path(folder), free_port(), free_port(), database=options.db.resolve(), environment=told)
        try:
            servers.start_actions()
            servers.start_rasa()
            servers.wait()
            return converse(servers.url, sender)
        except StartError as error:
            print(f"candid chat: {error}", file=sys.stderr)
            return 1
        finally:
            servers.stop()
