"""The moves that answer a question: facts, don't know, skip, or nothing usable."""

from __future__ import annotations

from dataclasses import replace

from bot.interview.absorbing import absorb, says_something_new
from bot.interview.asking import proceed, put, put_again
from bot.interview.record import NOT_KNOWN, SKIPPED, Answer, Heard, HeardFact, Record
from bot.interview.scene import Said, Scene, tell
from bot.interview.topics import facts_named


def answer(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Take in the facts and doubts of a message and go on; say so when there are none."""
    if not heard.facts and not heard.doubts:
        return not_understood(record, scene)
    if record.state in ("stopped", "done"):
        if not says_something_new(record, heard):
            return record, absorb(record, heard, scene)[1]
        record = replace(record, finishing=True)
    record, said = absorb(replace(record, state="open"), heard, scene)
    record, more = proceed(record, scene)
    return record, (*said, *more)


def keep(record: Record, fact: str, scene: Scene) -> tuple[Record, Said]:
    """Of facts that contradict each other, keep this one and drop the one that cannot stand beside it."""
    held = record.answers[fact]
    return answer(record, Heard("", "inform", {fact: HeardFact(held.value, held.quote)}), scene)


def dont_know(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Put the open fact down as not known: it stays unknown, and is not asked again."""
    if heard.facts:
        return answer(record, heard, scene)
    named = facts_named(heard.text, scene.words)
    if record.open is not None and named and record.open.fact not in named:
        # "ECOG don't know" while the consent is open says nothing of the consent.
        return record, put_again(record, scene)
    return _leave_open(record, NOT_KNOWN, "dont_know", scene)


def skip(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Pass over the open question; it comes back once, after all others."""
    question = record.open
    if question is not None and question.kind == "clarify" and any(_is_now(d.fact, record) for d in record.doubts):
        doubts = tuple(replace(d, passed_over=True) if d.fact == question.fact else d for d in record.doubts)
        record, said = proceed(replace(record, doubts=doubts), scene)
        return record, (tell(scene, "skipped"), *said)
    held = record.answers.get(question.fact) if question is not None else None
    again = question is not None and (question.kind == "clarify" or (held is not None and held.missing == SKIPPED))
    if again:
        return _leave_open(record, NOT_KNOWN, "skipped_again", scene)
    return _leave_open(record, SKIPPED, "skipped", scene)


def _is_now(fact: str, record: Record) -> bool:
    doubt = next((d for d in record.doubts if d.fact == fact), None)
    return record.open is not None and record.open.fact == fact and doubt is not None and not doubt.passed_over


def _leave_open(record: Record, reason: str, key: str, scene: Scene) -> tuple[Record, Said]:
    question = record.open
    if question is None or question.kind == "offer":
        return not_understood(record, scene)
    names = question.facts or (question.fact,)
    if question.kind == "ask" and record.answers.get(question.fact, Answer()).known:
        # It was asked anew in order to change it, and nothing else is known: what was known stands.
        held = scene.words.fact(question.fact, record.answers[question.fact].value)
        record, said = proceed(replace(record, open=None), scene)
        return record, (tell(scene, "kept", fact=held), *said)
    missing: dict[str, Answer | None] = {n: Answer(None, record.quote(n), reason) for n in names}
    nouns = scene.words.listed(scene.words.noun(n) for n in names)
    left = record.with_answers(missing, tuple(d for d in record.doubts if d.fact not in names))
    record, said = proceed(left, scene)
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
