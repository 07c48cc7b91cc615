"""Greetings, thanks, limits and nonsense: a short helpful reply, and back to the open question."""

from __future__ import annotations

from bot.interview.asking import put_again
from bot.interview.record import Heard, Record
from bot.interview.scene import Move, Said, Scene, tell
from bot.interview.screening import counted


def greet(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Hello, and what this is."""
    if record.state == "open":
        told = tell(scene, "greet_open", count=counted(len(record.facts()), scene))
    else:
        told = tell(scene, "greet", trial=scene.trial)
    return record, (told, *put_again(record, scene))


def help_(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """What can be said at any time."""
    return record, (tell(scene, "help", total=len(scene.protocol.criteria)), *put_again(record, scene))


def goodbye(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Goodbye, without a question."""
    return record, (tell(scene, "goodbye"),)


def simply(key: str) -> Move:
    """A move that says one thing and returns to the open question."""

    def move(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
        return record, (tell(scene, key), *put_again(record, scene))

    return move


def out_of_scope(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """What it cannot do; another language gets its own answer."""
    key = "other_language" if is_other_script(heard.text) else "out_of_scope"
    return record, (tell(scene, key), *put_again(record, scene))


def fallback(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Nothing was understood: say what would help; nothing is lost."""
    if not heard.text.strip():
        key = "empty"
    elif is_other_script(heard.text):
        key = "other_language"
    else:
        key = "fallback" if record.state == "open" else "fallback_idle"
    return record, (tell(scene, key), *put_again(record, scene))


def is_other_script(text: str) -> bool:
    """Most letters are none of the Latin alphabet, or the marks are none of English."""
    if "¿" in text or "¡" in text:
        return True
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(ord(c) > 0x24F for c in letters) > len(letters) / 2
