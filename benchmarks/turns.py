"""Candid beside `rasa init`'s default project, on the same machine in the same run, both on a SQLite store.

    .venv/bin/python benchmarks/turns.py [--repeats 2] [--conversations 20]

Training and starting alternate in the order A B B A; for the turns both projects are up and their
conversations take turns, so that a slow minute of the machine hits both. Prints a markdown table and how far
the repetitions lay apart. Takes about eight minutes on two cores.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import psutil
import yaml

from bot import train
from bot.processes import QUIET, ROOT, Servers, free_port

TODAY = "2026-11-22"
CANDID_TURNS = (
    # A stretch of an interview as it goes: a note, bare answers, questions on the side, corrections.
    "new candidate",
    "46M, WHO III NPC, cT3N2M1b, GP x6 + tori, PR, ECOG 1",
    "why do you ask?",
    "signed",
    "yes",
    "yes, able",
    "what does criterion 5 say?",
    "sorry, ECOG is 2 not 1",
    "sorry, ECOG is 1 not 2",
    "summary",
)
DEFAULT_TURNS = ("hi", "I am great", "bye", "hello", "so sad", "no", "bye", "hi", "are you a bot?", "bye")
"""What the stories of the default project foresee."""


@dataclass
class Project:
    """A project under measurement, and what was measured: seconds, bytes."""

    name: str
    turns: Sequence[str]
    start: Callable[[], None]
    stop: Callable[[], None]
    train: Callable[[], None]
    port: Callable[[], int]
    processes: Callable[[], list[int]]
    may_be_silent: bool
    trainings: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    conversations: list[list[float]] = field(default_factory=list)
    growth: list[float] = field(default_factory=list)
    memory: int = 0

    def every_turn(self) -> list[float]:
        return [t for conversation in self.conversations for t in conversation]


class Line:
    """A kept-alive connection to the REST channel, so that connecting is not measured."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.sender = uuid.uuid4().hex

    def turn(self, text: str, *, silence: bool = False) -> float:
        """Seconds from sending a message to having read its answers.

        Raises RuntimeError where there is none, unless silence is allowed: the default project's learned policy
        now and then says nothing to a message that its stories do not foresee at that point.
        """
        body = json.dumps({"sender": self.sender, "message": text})
        began = time.perf_counter()
        self.connection.request("POST", "/webhooks/rest/webhook", body, {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        answers = json.loads(response.read())
        took = time.perf_counter() - began
        if response.status != 200 or not (answers or silence):
            raise RuntimeError(f"No answer to {text!r}: {response.status} {answers!r}")
        return took


def run(command: Sequence[str], folder: Path) -> None:
    """Run to the end, quietly; raises where it fails."""
    environment = {**os.environ, **QUIET}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def candid(folder: Path) -> Project:
    """This project: Rasa and the action server, as `candid serve` starts them."""
    servers = Servers(
        folder, free_port(), free_port(), database=folder / "candid.db", environment={"CANDID_TODAY": TODAY}
    )

    def start() -> None:
        servers.start_actions()
        servers.start_rasa()

    def training() -> None:
        shutil.rmtree(ROOT / ".rasa", ignore_errors=True)  # no result of an earlier training is used again
        assert train.train() == 0

    def processes() -> list[int]:
        return [p.pid for p in (servers.rasa, servers.actions) if p is not None]

    return Project("Candid", CANDID_TURNS, start, servers.stop, training, lambda: servers.port, processes, False)


def default(folder: Path) -> Project:
    """What `rasa init --no-prompt` makes, with a SQLite store in place of the one in memory."""
    folder.mkdir()
    run([sys.executable, "-m", "rasa", "init", "--no-prompt", "--init-dir", str(folder)], folder)
    store = {"type": "SQL", "dialect": "sqlite", "db": str(folder / "default.db")}
    (folder / "endpoints.yml").write_text(yaml.safe_dump({"tracker_store": store}))
    port = free_port()
    running: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        log = (folder / "rasa.log").open("ab")
        command = [sys.executable, "-m", "rasa", "run", "-p", str(port), "-i", "127.0.0.1"]
        environment = {**os.environ, **QUIET}
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
        running.append(process)

    def stop() -> None:
        while running:
            process = running.pop()
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()

    def training() -> None:
        run([sys.executable, "-m", "rasa", "train", "--force"], folder)

    def processes() -> list[int]:
        return [p.pid for p in running]

    return Project("rasa init", DEFAULT_TURNS, start, stop, training, lambda: port, processes, True)


def until_first_answer(project: Project, began: float) -> float:
    """Seconds from the start of the processes to the first answer to a message."""
    while True:
        try:
            Line(project.port()).turn(project.turns[0])
            return time.perf_counter() - began
        except (OSError, http.client.HTTPException, RuntimeError, ValueError):
            if time.perf_counter() - began > 300:
                raise
            time.sleep(0.05)


def unique_memory(pids: Sequence[int]) -> int:
    """Bytes that these processes and their children hold for themselves (USS)."""
    together = {p.pid: p for pid in pids for p in (psutil.Process(pid), *psutil.Process(pid).children(True))}
    return sum(int(p.memory_full_info().uss) for p in together.values())


def measure(projects: Sequence[Project], repeats: int, conversations: int) -> None:
    """Fill the projects with their measurements, alternating between them."""
    there_and_back = [*projects, *reversed(projects)]
    orders = [p for i in range(repeats) for p in there_and_back[2 * (i % 2) : 2 * (i % 2) + 2]]
    for project in orders:
        began = time.perf_counter()
        project.train()
        project.trainings.append(time.perf_counter() - began)
        say(f"{project.name}: trained in {project.trainings[-1]:.1f} s")
    for project in orders:
        project.stop()
        began = time.perf_counter()
        project.start()
        project.starts.append(until_first_answer(project, began))
        say(f"{project.name}: first answer after {project.starts[-1]:.1f} s")
        project.stop()
    for project in projects:
        project.start()
        until_first_answer(project, time.perf_counter())
    for i in range(conversations + 1):
        for project in projects if i % 2 else list(reversed(projects)):
            line = Line(project.port())
            took = [line.turn(text, silence=project.may_be_silent) for text in project.turns]
            if i:  # the first one warms caches up and is not counted
                project.conversations.append(took)
    for _ in range(3):
        for project in projects:
            project.growth.append(growth(project))
    for project in projects:
        project.memory = unique_memory(project.processes())


def growth(project: Project) -> float:
    """Median of turns 91-100 over that of turns 1-10 in one conversation of ten equal rounds."""
    line = Line(project.port())
    took = [line.turn(text, silence=project.may_be_silent) for _ in range(10) for text in project.turns]
    return median(took[90:]) / median(took[:10])


def table(ours: Project, theirs: Project) -> str:
    """The figures side by side with their ratios and targets."""

    def row(what: str, a: float, b: float, unit: str, target: float | None, digits: int = 1) -> str:
        ratio = a / b
        verdict = "" if target is None else f"<= {target} {'✓' if ratio <= target else '✗'}"
        return f"| {what} | {a:.{digits}f} {unit} | {b:.{digits}f} {unit} | {ratio:.2f} | {verdict} |"

    a, b = ours.every_turn(), theirs.every_turn()
    mega = 1024 * 1024
    grown = median(ours.growth)
    return "\n".join(
        (
            f"| | {ours.name} | {theirs.name} | ratio | target |",
            "|---|---|---|---|---|",
            row("start to first answer (median)", median(ours.starts), median(theirs.starts), "s", None),
            row("turn, median", median(a) * 1000, median(b) * 1000, "ms", 0.4),
            row("turn, 95th percentile", p95(a) * 1000, p95(b) * 1000, "ms", None),
            row("memory (USS, all processes)", ours.memory / mega, theirs.memory / mega, "MB", 0.6, 0),
            row("training (median)", median(ours.trainings), median(theirs.trainings), "s", 0.25),
            f"| median turn 91-100 over 1-10 | {grown:.2f} | {median(theirs.growth):.2f} | |"
            f" <= 1.3 {'✓' if grown <= 1.3 else '✗'} |",
        )
    )


def p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def noise(project: Project) -> str:
    """How far repetitions of the same thing lay apart."""
    medians = [median(c) * 1000 for c in project.conversations]
    return (
        f"{project.name}: median turn of single conversations {min(medians):.1f}-{max(medians):.1f} ms;"
        f" training {min(project.trainings):.1f}-{max(project.trainings):.1f} s;"
        f" start {min(project.starts):.1f}-{max(project.starts):.1f} s;"
        f" growth {min(project.growth):.2f}-{max(project.growth):.2f}"
    )


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repeats", type=int, default=2, help="trainings and starts of each project (2)")
    parser.add_argument("--conversations", type=int, default=20, help="of ten turns each (20)")
    options = parser.parse_args(argv)
    if not train.is_current() and (status := train.train()):
        return status
    folder = Path(tempfile.mkdtemp(prefix="candid-benchmark-"))
    projects: list[Project] = []
    load = os.getloadavg()[0]
    try:
        projects.append(candid(folder / "candid"))
        say("Making the default project (it trains once while being made) ...")
        projects.append(default(folder / "default"))
        measure(projects, options.repeats, options.conversations)
    finally:
        for project in projects:
            project.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(table(*projects))
    print(f"\n{os.cpu_count()} cores, load {load:.1f} before and {os.getloadavg()[0]:.1f} after. Spread:")
    for project in projects:
        print(f"- {noise(project)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
