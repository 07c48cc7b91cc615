"""Taking in what a message states: facts, doubts, don't-knows; corrections and contradictions are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.catalogue import check_fact
from bot.eligibility import Verdict
from bot.facts import Implausible
from bot.interview.asking import proceed, put, put_again
from bot.interview.record import (
    CONTRADICTORY,
    NOT_KNOWN,
    SKIPPED,
    Answer,
    Doubt,
    Heard,
    HeardFact,
    Record,
    Utterance,
)
from bot.interview.scene import Said, Scene, tell

REFINES: Mapping[str, Mapping[str, str]] = {
    # A more exact statement of the same thing is no contradiction: M1, later M1b.
    "m_category": {"M1a": "M1", "M1b": "M1"},
    "stage_group": {"IVA": "IV", "IVB": "IV", "IVC": "IV", "IA": "I", "IB": "I"},
    "histology": {
        "nonkeratinizing_differentiated": "nonkeratinizing_unspecified",
        "nonkeratinizing_undifferentiated": "nonkeratinizing_unspecified",
    },
    "confirmation": {"both": "histology"},
}
MOST_LINES = 12
"""Longest read-back; beyond it facts share lines."""


def answer(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Take in the facts and doubts of a message and go on; say so when there are none."""
    if not heard.facts and not heard.doubts:
        return not_understood(record, scene)
    if record.state == "idle":
        record = replace(record, state="open")
    if record.state in ("stopped", "done"):
        record = replace(record, state="open", finishing=True)
    record, said = absorb(record, heard, scene)
    record, more = proceed(record, scene)
    return record, (*said, *more)


def absorb(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """The record with what the message states, and the read-back of it."""
    before = scene.judge(record)
    changes: dict[str, Answer | None] = {}
    doubts = {d.fact: d for d in _pass_over(record, heard).doubts}
    fresh, same, changed, said = [], [], [], []
    for fact, stated in heard.facts.items():
        try:
            check_fact(fact, stated.value, scene.today)
        except Implausible as error:
            said.append(tell(scene, "refused", reason=str(error)))
            continue
        held = record.answers.get(fact)
        new = Answer(stated.value, stated.quote)
        if held is None or not held.known:
            changes[fact] = new
            fresh.append(fact)
            doubts.pop(fact, None)
        elif _same(fact, held.value, stated.value):
            same.append(fact)
            doubts.pop(fact, None)
        elif stated.corrected or _is_open(fact, record, heard) or _refines(fact, held.value, stated.value):
            changes[fact] = new
            changed.append((fact, held.value))
            doubts.pop(fact, None)
        else:
            changes[fact] = Answer(None, stated.quote, CONTRADICTORY)
            doubts[fact] = _conflict(fact, held, stated, scene)
    for doubt in heard.doubts:
        if doubt.fact not in heard.facts:
            doubts[doubt.fact] = doubt
    settled = _settled(record, heard, scene)
    changes.update(dict.fromkeys(settled))
    record = replace(record.with_answers(changes), doubts=tuple(doubts.values()))
    said = [*_read_back(fresh, [] if settled else same, record, heard, scene), *said]
    said += [_changed(fact, old, record, before, scene) for fact, old in changed]
    if settled:
        kept = scene.words.listed(scene.words.fact(f, s.value) for f, s in heard.facts.items())
        dropped = scene.words.listed(scene.words.noun(f) for f in settled)
        said.append(tell(scene, "settled", kept=kept, dropped=dropped))
    return record, tuple(said)


def says_something_new(record: Record, heard: Heard) -> bool:
    """Whether a message states or doubts anything that the record does not already hold."""
    held = record.facts()
    return bool(heard.doubts) or any(
        f not in held or not _same(f, held[f], stated.value) for f, stated in heard.facts.items()
    )


def keep(record: Record, fact: str, scene: Scene) -> tuple[Record, Said]:
    """Of facts that contradict each other, keep this one and drop those that it cannot stand beside."""
    held = record.answers[fact]
    heard = Heard("", "inform", {fact: HeardFact(held.value, held.quote)})
    record, said = absorb(record, heard, scene)
    record, more = proceed(record, scene)
    return record, (*(u for u in said if u.custom is None), *more)


def dont_know(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Put the open fact down as not known: it stays unknown, and is not asked again."""
    if heard.facts:
        return answer(record, heard, scene)
    return _leave_open(record, NOT_KNOWN, "dont_know", scene)


def skip(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Pass over the open question; it comes back once, after all others."""
    question = record.open
    held = record.answers.get(question.fact) if question is not None else None
    if held is not None and held.missing == SKIPPED:
        return _leave_open(record, NOT_KNOWN, "skipped_again", scene)
    return _leave_open(record, SKIPPED, "skipped", scene)


def _leave_open(record: Record, reason: str, key: str, scene: Scene) -> tuple[Record, Said]:
    question = record.open
    if question is None or question.kind == "offer":
        return not_understood(record, scene)
    names = question.facts or (question.fact,)
    missing = {name: Answer(None, record.quote(name), reason) for name in names}
    if question.kind == "clarify" and record.answers.get(question.fact, Answer()).known:
        missing = {}  # a doubt about something already known leaves what is known alone
    record = replace(record.with_answers(missing), doubts=tuple(d for d in record.doubts if d.fact not in names))
    nouns = scene.words.listed(scene.words.noun(n) for n in names)
    record, said = proceed(record, scene)
    return record, (tell(scene, key, noun=nouns), *said)


def not_understood(record: Record, scene: Scene) -> tuple[Record, Said]:
    """Nothing usable was said: rephrase, then help; never guess, never fall silent."""
    question = record.open
    if question is None:
        return record, (tell(scene, "fallback_idle"),)
    question = replace(question, tries=question.tries + 1)
    record = replace(record, open=question)
    entry = scene.words.questions.get(question.fact, {})
    if question.kind == "offer":
        text = scene.words.say("not_understood_offer")
    elif question.kind != "ask":
        text = scene.words.say("not_understood", again=question.text)
    elif question.tries == 1:
        text = scene.words.say("not_understood", again=entry["again"])
    else:
        text = scene.words.say("not_understood_help", help=entry["help"])
    return record, put(question, text, record, scene)


def _same(fact: str, held: Any, stated: Any) -> bool:
    if isinstance(held, (list, tuple)) and isinstance(stated, (list, tuple)):
        return sorted(held) == sorted(stated)
    vaguer: object = REFINES.get(fact, {}).get(str(held))
    return bool(held == stated) or vaguer == stated


def _refines(fact: str, held: Any, stated: Any) -> bool:
    return REFINES.get(fact, {}).get(str(stated)) == held


def _is_open(fact: str, record: Record, heard: Heard) -> bool:
    """The bot has just asked for this very fact, so the answer replaces what stood there."""
    return heard.asked == fact and record.open is not None and fact in (record.open.fact, *record.open.facts)


def _conflict(fact: str, held: Answer, stated: HeardFact, scene: Scene) -> Doubt:
    words = scene.words
    old, new = words.fact(fact, held.value), words.fact(fact, stated.value)
    reason = words.say("conflict", old=_with_quote(old, held.quote), new=_with_quote(new, stated.quote))
    return Doubt(fact, reason, (held.value, stated.value))


def _with_quote(text: str, quote: str) -> str:
    return f"{text} (“{quote}”)" if quote else text


def _settled(record: Record, heard: Heard, scene: Scene) -> tuple[str, ...]:
    """Facts to drop because the message restated their counterpart in an open contradiction."""
    question = record.open
    if question is None or question.kind != "choose":
        return ()
    restated = [f for f in question.facts if f in heard.facts]
    if not restated:
        return ()
    trial = record.with_answers({f: Answer(heard.facts[f].value) for f in restated})
    if not scene.judge(trial).contradictions:
        return ()
    return tuple(f for f in question.facts if f not in restated)


def _pass_over(record: Record, heard: Heard) -> Record:
    """The record with the doubt that was just asked about put last, where the message speaks of something else."""
    question = record.open
    if question is None or question.kind != "clarify" or not heard.facts or question.fact in heard.facts:
        return record
    doubts = tuple(replace(d, passed_over=True) if d.fact == question.fact else d for d in record.doubts)
    return replace(record, doubts=doubts)


def _read_back(fresh: list[str], same: list[str], record: Record, heard: Heard, scene: Scene) -> list[Utterance]:
    words = scene.words
    if not fresh and not same:
        return []
    if not fresh:
        facts = words.listed(words.fact(f, heard.facts[f].value) for f in same)
        return [tell(scene, "noted_same", fact=facts)]
    custom = {
        "type": "read_back",
        "facts": {f: heard.facts[f].value for f in fresh},
        "evidence": {f: heard.facts[f].quote for f in fresh},
    }
    if len(fresh) == 1:
        fact = fresh[0]
        said, quote = words.fact(fact, heard.facts[fact].value), heard.facts[fact].quote
        bare = quote.strip().casefold() == heard.text.strip().casefold()
        text = words.say("noted_answer", fact=said) if bare else words.say("noted_one", fact=said, quote=quote)
        return [Utterance(text, custom=custom)]
    lines = [_with_quote(words.fact(f, heard.facts[f].value), heard.facts[f].quote) for f in fresh]
    share = -(-len(lines) // (MOST_LINES - 1))
    grouped = [" · ".join(lines[i : i + share]) for i in range(0, len(lines), share)]
    text = "\n".join([words.say("noted_many"), *(words.say("noted_line", facts=g) for g in grouped)])
    return [Utterance(text, custom=custom)]


def _changed(fact: str, old: Any, record: Record, before: Verdict, scene: Scene) -> Utterance:
    """Old value, new value, and which verdicts that moves."""
    words = scene.words
    held = record.answers[fact]
    noun = words.noun(fact)
    lines = [
        words.say(
            "changed",
            noun=noun[:1].upper() + noun[1:],
            old=words.value(fact, old),
            new=words.value(fact, held.value),
        )
    ]
    lines += moved(before, scene.judge(record), scene) or [words.say("changed_no_status")]
    custom = {"type": "correction", "fact": fact, "old": old, "new": held.value}
    return Utterance("\n".join(lines), custom=custom)


def moved(before: Verdict, after: Verdict, scene: Scene) -> list[str]:
    """A line for each criterion whose status differs between two verdicts."""
    say = scene.words.say
    lines = []
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


__all__ = ["absorb", "answer", "dont_know", "keep", "moved", "not_understood", "put_again", "skip"]
