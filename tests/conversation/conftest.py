"""The real Rasa and the real action server, once a session, on free ports, with a database of their own."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import train
from bot.processes import Servers, free_port
from tests.conversation.chat import TODAY, Chat

ChatMaker = Callable[[], Chat]


def servers_in(folder: Path, environment: dict[str, str] | None = None) -> Servers:
    """Both servers, not started yet; `folder` takes their logs and their database."""
    if not train.is_current():
        assert train.train() == 0, "training failed"
    told = {"CANDID_TODAY": TODAY, **(environment or {})}
    return Servers(folder, free_port(), free_port(), database=folder / "chat.db", environment=told)


def started(servers: Servers) -> Servers:
    servers.start_actions()
    servers.start_rasa()
    servers.wait()
    return servers


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """One pair of servers for all conversations that do not harm them."""
    running = servers_in(tmp_path_factory.mktemp("servers"))
    try:
        yield started(running)
    finally:
        running.stop()


@pytest.fixture
def chat(servers: Servers) -> Chat:
    """A new conversation."""
    return Chat(servers, f"test-{uuid.uuid4().hex}")
