"""Saying what was taken in: facts with their words, corrections with what they move."""

from __future__ import annotations

from typing import Any

from bot.eligibility import Verdict
from bot.interview.record import Heard, Record, Utterance
from bot.interview.scene import Scene, tell

MOST_LINES = 12
"""Longest read-back; beyond it facts share lines."""


def read_back(fresh: list[str], same: list[str], heard: Heard, scene: Scene) -> list[Utterance]:
    """New facts with the words that they came from; facts that were known already, where nothing is new."""
    words = scene.words
    if not fresh:
        facts = [words.fact(f, heard.facts[f].value) for f in same]
        return [tell(scene, "noted_same", fact=words.listed(facts))] if facts else []
    custom = {
        "type": "read_back",
        "facts": {f: heard.facts[f].value for f in fresh},
        "evidence": {f: heard.facts[f].quote for f in fresh},
    }
    if len(fresh) == 1:
        said, quote = words.fact(fresh[0], heard.facts[fresh[0]].value), heard.facts[fresh[0]].quote
        bare = quote.strip().casefold() == heard.text.strip().casefold()
        text = words.say("noted_answer", fact=said) if bare else words.say("noted_one", fact=said, quote=quote)
        return [Utterance(text, custom=custom)]
    lines = [with_quote(words.fact(f, heard.facts[f].value), heard.facts[f].quote) for f in fresh]
    share = -(-len(lines) // (MOST_LINES - 1))
    grouped = [" · ".join(lines[i : i + share]) for i in range(0, len(lines), share)]
    text = "\n".join([words.say("noted_many"), *(words.say("noted_line", facts=g) for g in grouped)])
    return [Utterance(text, custom=custom)]


def with_quote(text: str, quote: str) -> str:
    return f"{text} (“{quote}”)" if quote else text


def changed(fact: str, old: Any, record: Record, before: Verdict, scene: Scene) -> Utterance:
    """Old value, new value, and which verdicts that moves."""
    words, new = scene.words, record.answers[fact].value
    noun = words.noun(fact)
    sentence = words.say(
        "changed", noun=noun[:1].upper() + noun[1:], old=words.value(fact, old), new=words.value(fact, new)
    )
    lines = [sentence, *(moved(before, scene.judge(record), scene) or [words.say("changed_no_status")])]
    return Utterance("\n".join(lines), custom={"type": "correction", "fact": fact, "old": old, "new": new})


def moved(before: Verdict, after: Verdict, scene: Scene) -> list[str]:
    """A line for each criterion whose status differs between two verdicts."""
    say, lines = scene.words.say, []
    for old, new in zip(before.findings, after.findings, strict=True):
        if old.status is not new.status:
            criterion = scene.protocol.criterion(new.id)
            lines.append(
                say(
                    "changed_status",
                    number=criterion.number,
                    label=criterion.label,
                    before=say(f"status_{old.status.value}"),
                    after=say(f"status_{new.status.value}"),
                )
            )
    return lines
