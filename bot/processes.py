"""Starting, watching and stopping the two servers: Rasa and the action server."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import yaml

from bot.catalogue import DATA

ROOT = DATA.parent
QUIET = {
    # Messages that a user can do nothing about, and reports that nobody asked for.
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "SANIC_HOST": "127.0.0.1",
}
MODEL = ROOT / "models" / "candid.tar.gz"


class StartError(RuntimeError):
    """A server did not come up; the message says what to look at."""


@dataclass
class Servers:
    """The two processes, their ports and their files. `folder` takes logs and the endpoints file."""

    folder: Path
    port: int = 5005
    action_port: int = 5055
    host: str = "127.0.0.1"
    database: Path = ROOT / "candid.db"
    environment: Mapping[str, str] = field(default_factory=dict)
    rasa: subprocess.Popen[bytes] | None = None
    actions: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start_actions(self) -> None:
        command = ["-m", "rasa_sdk", "--actions", "actions", "--port", str(self.action_port)]
        self.actions = self._spawn(command, "actions.log")

    def start_rasa(self) -> None:
        prepare_store(self.database)
        endpoints = self.folder / "endpoints.yml"
        store = {"type": "SQL", "dialect": "sqlite", "db": str(self.database)}
        action = {"url": f"http://127.0.0.1:{self.action_port}/webhook"}
        endpoints.write_text(yaml.safe_dump({"action_endpoint": action, "tracker_store": store}))
        command = ["-m", "bot.rasa_main", "run", "-m", str(MODEL), "-p", str(self.port), "-i", self.host]
        command += ["--endpoints", str(endpoints), "--credentials", str(ROOT / "credentials.yml")]
        self.rasa = self._spawn(command, "rasa.log")

    def wait(self, seconds: float = 180.0) -> None:
        """Return when both answer. Raises StartError when one ends or the time is up."""
        self.wait_actions(seconds)
        self._until(lambda: _answers(f"{self.url}/webhooks/rest/"), self.rasa, "rasa.log", seconds)
        # Rasa says it is up even when it could not load its model, and would then answer nothing at all.
        if not send(self.url, "ready-check", "hello"):
            raise StartError(f"It came up without a usable model; see {self.folder / 'rasa.log'}.")

    def wait_actions(self, seconds: float = 60.0) -> None:
        url = f"http://127.0.0.1:{self.action_port}/health"
        self._until(lambda: _answers(url), self.actions, "actions.log", seconds)

    def stop(self) -> None:
        for process in (self.rasa, self.actions):
            if process is not None and process.poll() is None:
                process.terminate()
        for process in (self.rasa, self.actions):
            if process is not None:
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()

    def _spawn(self, arguments: list[str], log: str) -> subprocess.Popen[bytes]:
        self.folder.mkdir(parents=True, exist_ok=True)
        out: IO[bytes] = (self.folder / log).open("ab")
        environment = {**os.environ, **QUIET, **self.environment}
        # A session of its own: Ctrl-C reaches the parent alone, which then ends both in order.
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _until(
        self, ready: Callable[[], bool], process: subprocess.Popen[bytes] | None, log: str, seconds: float
    ) -> None:
        assert process is not None
        deadline = time.monotonic() + seconds
        while not ready():
            if process.poll() is not None:
                raise StartError(f"It ended while starting (status {process.returncode}); see {self.folder / log}.")
            if time.monotonic() > deadline:
                raise StartError(f"It did not answer within {seconds:.0f} s; see {self.folder / log}.")
            time.sleep(0.1)


def prepare_store(database: Path) -> None:
    """Put the SQLite file into write-ahead mode, which lasts: a commit is still on disk before the answer is sent,
    with one flush in place of several."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def taken(port: int) -> bool:
    """Whether something listens on this port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def send(url: str, sender: str, text: str, timeout: float = 60.0) -> list[dict[str, object]]:
    """One message through the REST channel; its answers. Raises OSError when the server is away."""
    body = json.dumps({"sender": sender, "message": text}).encode()
    request = urllib.request.Request(f"{url}/webhooks/rest/webhook", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=timeout) as response:
        answers: list[dict[str, object]] = json.load(response)
        return answers
