"""`candid serve`: both servers, watched; one that dies is started again, and no conversation is lost by it."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from bot import train
from bot.deployment import DEFAULT_PROTOCOL, environment
from bot.processes import ROOT, Servers, StartError, taken


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="candid serve", description=__doc__)
    made.add_argument("--port", type=int, default=5005, help="of the REST channel (5005)")
    made.add_argument("--action-port", type=int, default=5055, help="of the action server (5055)")
    made.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine only)")
    made.add_argument("--db", type=Path, default=ROOT / "candid.db", help="SQLite file of the conversations")
    made.add_argument("--protocol", default=DEFAULT_PROTOCOL, help="id of the protocol to screen for")
    made.add_argument("--protocols-dir", type=Path, metavar="FOLDER", help="folder with the protocol files")
    made.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="an interpretation setting of the protocol",
    )
    return made


def main(argv: Sequence[str]) -> int:
    """Serve until interrupted; 0 after a clean stop, 1 where a server could not start, 2 for bad options."""
    options = parser().parse_args(argv)
    try:
        told = environment(options.protocol, options.set, options.protocols_dir)
    except (LookupError, ValueError) as error:
        print(f"candid serve: {error.args[0]}", file=sys.stderr)
        return 2
    for port in (options.port, options.action_port):
        if taken(port):
            print(
                f"candid serve: port {port} is in use; choose others with --port and --action-port.",
                file=sys.stderr,
            )
            return 1
    if not train.is_current() and (status := train.train()):
        return status
    servers = Servers(ROOT / "run", options.port, options.action_port, options.host, options.db.resolve(), told)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return _serve(servers, options.protocol)
    except KeyboardInterrupt:
        print("\nStopping; every conversation is kept.", flush=True)
        return 0
    except StartError as error:
        print(f"candid serve: {error}", file=sys.stderr)
        return 1
    finally:
        servers.stop()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _serve(servers: Servers, protocol: str) -> int:
    began = time.monotonic()
    print("Starting the two servers (about 20 seconds) ...", flush=True)
    servers.start_actions()
    servers.start_rasa()
    servers.wait()
    print(f"Candid is ready after {time.monotonic() - began:.0f} s, screening for {protocol}.")
    print(f"  REST channel   {servers.url}/webhooks/rest/webhook")
    print("  terminal chat  candid chat")
    print(f"  conversations  {servers.database}")
    print("Ctrl-C stops it.", flush=True)
    while True:
        _revive(servers)
        time.sleep(0.5)


def _revive(servers: Servers) -> None:
    if servers.actions is not None and servers.actions.poll() is not None:
        print("The action server ended; starting it again ...", flush=True)
        servers.start_actions()
        servers.wait_actions()
    if servers.rasa is not None and servers.rasa.poll() is not None:
        print("Rasa ended; starting it again (about 15 seconds) ...", flush=True)
        servers.start_rasa()
        servers.wait()
        print("Ready again; every conversation goes on.", flush=True)
