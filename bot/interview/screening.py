"""Starting, stopping and finishing a screening."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.interview.absorbing import absorb
from bot.interview.answering import not_understood
from bot.interview.asking import proceed, put_again
from bot.interview.record import Heard, Record
from bot.interview.result import result
from bot.interview.scene import Said, Scene, tell


def new_candidate(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """A fresh record that carries no fact over; facts in the same message belong to the new candidate."""
    if record.answers or record.doubts:
        opening = tell(scene, "start_again", count=counted(len(record.facts()), scene))
        before: str | None = json.dumps(replace(record, previous=None).to_json())
    else:
        opening = tell(scene, "start", trial=scene.trial)
        before = record.previous
    fresh = Record(scene.protocol.id, state="open", seen=record.seen, previous=before)
    fresh, said = absorb(fresh, heard, scene)
    fresh, more = proceed(fresh, scene)
    return fresh, (opening, *said, *more)


def stop(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Close the screening here and show what was found; what was never reached is not assessed."""
    if record.state == "idle":
        return record, (tell(scene, "stop_nothing"),)
    if record.state in ("stopped", "done"):
        return record, (tell(scene, "stop_already"),)
    record = replace(record, state="stopped", open=None)
    return record, result(record, scene.judge(record), scene)


def finish_rest(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Go on with the other criteria, after an exclusion or after a stop."""
    if record.state == "idle":
        return new_candidate(record, heard, scene)
    if record.state == "open" and record.finishing:
        return record, put_again(record, scene)
    record, said = proceed(replace(record, state="open", finishing=True, open=None), scene)
    return record, (tell(scene, "finishing"), *said)


def affirm(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """A yes to the offer finishes the rest; any other yes was read as a fact, or is not understood."""
    if record.open is not None and record.open.kind == "offer":
        return finish_rest(record, heard, scene)
    return not_understood(record, scene)


def deny(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """A no to the offer stops; any other no was read as a fact, or is not understood."""
    if record.open is not None and record.open.kind == "offer":
        return stop(record, heard, scene)
    return not_understood(record, scene)


def counted(facts: int, scene: Scene) -> str:
    return scene.words.say("one_fact" if facts == 1 else "some_facts", count=facts)
