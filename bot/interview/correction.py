"""Going back, changing an answer, forgetting one."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.interview.answering import answer
from bot.interview.asking import ask, proceed, put, put_again
from bot.interview.readback import moved
from bot.interview.record import Heard, Record, Utterance, from_json
from bot.interview.scene import Said, Scene, tell
from bot.interview.screening import counted
from bot.interview.topics import facts_named


def go_back(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Take back the last message that changed an answer; right after `new candidate`, the candidate before."""
    if record.state == "stopped":
        record, said = proceed(replace(record, state="open", finishing=True), scene)
        return record, (tell(scene, "back_from_stop"), *said)
    if not record.steps:
        if record.previous is None or record.answers or record.doubts:
            return record, (tell(scene, "back_nothing"), *put_again(record, scene))
        restored = replace(from_json(json.loads(record.previous)), seen=record.seen)
        told = tell(scene, "back_candidate", count=counted(len(restored.facts()), scene))
        return restored, (told, *put_again(restored, scene))
    last = record.steps[-1]
    earlier = record.stepped_back()
    changes = []
    for fact in last.before:
        held = earlier.answers.get(fact)
        noun = scene.words.noun(fact)
        if held is not None and held.known:
            value = scene.words.value(fact, held.value)
            changes.append(scene.words.say("back_item", noun=noun, value=value))
        else:
            changes.append(scene.words.say("back_item_open", noun=noun))
    told = tell(scene, "back", changes="; ".join(changes)) if changes else tell(scene, "back_doubt")
    again = [f for f in last.before if f in scene.still_to_ask(earlier)]
    if len(last.before) == 1 and again:
        question = ask(again[0], earlier, scene)
        earlier = replace(earlier, open=question)
        return earlier, (told, *put(question, question.text, earlier, scene))
    earlier, said = proceed(earlier, scene)
    return earlier, (told, *said)


def change_answer(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Ask anew for a fact that the person wants to change."""
    if heard.facts:
        corrected = {name: replace(f, corrected=True) for name, f in heard.facts.items()}
        return answer(record, replace(heard, facts=corrected), scene)
    if not record.answers:
        return record, (tell(scene, "change_nothing"), *put_again(record, scene))
    named = [f for f in facts_named(heard.text, scene.words) if f in record.answers]
    if len(named) != 1:
        facts = named or list(record.answers)
        listed = scene.words.listed(scene.words.noun(f) for f in facts)
        return record, (tell(scene, "change_which", list=listed), *put_again(record, scene))
    fact, words = named[0], scene.words
    held = record.answers[fact]
    question = ask(fact, record, scene)
    shown = words.fact(fact, held.value)
    text = words.say("change_ask", fact=shown, quote=f" (“{held.quote}”)" if held.quote else "")
    record = replace(record, open=replace(question, text=text), state="open")
    return record, put(question, text, record, scene)


def forget(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Drop the named answers; they may be asked for again."""
    words = scene.words
    named = facts_named(heard.text, words)
    together = [f for n in named for f in words.questions[n].get("together") or ()]
    related = [f for f in record.answers if f in named or f in together]
    if not record.answers:
        return record, (tell(scene, "forget_nothing"), *put_again(record, scene))
    if not related:
        key, about = ("forget_unknown", named) if named else ("forget_which", list(record.answers))
        listed = words.listed(words.noun(f) for f in about)
        told = tell(scene, key, **{"nouns" if named else "list": listed})
        return record, (told, *put_again(record, scene))
    before = scene.judge(record)
    forgotten = words.listed(words.fact(f, record.answers[f].value) for f in related)
    record = replace(
        record.with_answers(dict.fromkeys(related), tuple(d for d in record.doubts if d.fact not in related)),
        open=None,
    )
    lines = [words.say("forgotten", facts=forgotten), *moved(before, scene.judge(record), scene)]
    record, said = proceed(record, scene)
    return record, (Utterance("\n".join(lines)), *said)
