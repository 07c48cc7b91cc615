"""A conversation with the running server, as a program sees it: texts, buttons and payloads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.processes import Servers, send

TODAY = "2026-11-22"
"""The day that both servers of the tests take for today."""

Payload = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """All that came back for one message."""

    messages: Sequence[Mapping[str, Any]]

    @property
    def text(self) -> str:
        """The texts of all messages, one under another."""
        return "\n".join(str(m["text"]) for m in self.messages if m.get("text"))

    @property
    def payloads(self) -> list[Payload]:
        """The payloads for programs, in their order."""
        return [dict(m["custom"]) for m in self.messages if m.get("custom")]

    @property
    def buttons(self) -> list[str]:
        """Titles of all buttons."""
        return [str(b["title"]) for m in self.messages for b in m.get("buttons") or ()]

    def last(self, *kinds: str) -> Payload | None:
        """The last payload of one of these types; None where there is none."""
        return next((p for p in reversed(self.payloads) if p["type"] in kinds), None)

    @property
    def question(self) -> Payload | None:
        """What is open after this reply: a question or an offer."""
        return self.last("question", "offer")

    @property
    def result(self) -> Payload | None:
        return self.last("screening_result")


@dataclass
class Chat:
    """One sender. Keeps what was said, so that a failing test shows the whole conversation."""

    servers: Servers
    sender: str
    lines: list[str] = field(default_factory=list)

    def say(self, text: str, timeout: float = 60.0) -> Reply:
        """Send one message. Raises OSError where the server is away."""
        self.lines.append(f"you> {text[:200]!r}")
        reply = Reply(send(self.servers.url, self.sender, text, timeout))
        for message in reply.messages:
            if message.get("text"):
                self.lines.append(f"bot> {message['text']}")
            if message.get("custom"):
                self.lines.append(f"     {_short(message['custom'])}")
        return reply

    @property
    def transcript(self) -> str:
        return "\n".join(self.lines)


def _short(custom: Mapping[str, Any]) -> str:
    shown = {k: v for k, v in custom.items() if k in ("type", "kind", "fact", "facts", "decision", "old", "new")}
    return str(shown)
