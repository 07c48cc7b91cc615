"""Putting the next question: doubts first, then contradictions, then an offer, then the best missing fact."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.eligibility import Contradiction, Status, Verdict
from bot.interview.record import SKIPPED, Button, Doubt, Question, Record, Utterance
from bot.interview.result import result
from bot.interview.scene import Said, Scene, tell
from bot.interview.wording import sentence_case


def proceed(record: Record, scene: Scene) -> tuple[Record, Said]:
    """Announce what newly fails, then ask the next question or give the result."""
    verdict = scene.judge(record)
    record, said = _announce(record, verdict, scene)
    if not verdict.contradictions:
        record = replace(record, confirmed=())
    question = _next_question(record, verdict, scene)
    if question is None:
        record = replace(record, state="done", open=None)
        return record, (*said, *result(record, verdict, scene))
    record = replace(record, state="open", open=question)
    if question.kind == "ask" and question.fact not in record.asked:
        record = replace(record, asked=(*record.asked, question.fact))
    return record, (*said, *put(question, question.text, record, scene))


def put(question: Question, text: str, record: Record, scene: Scene) -> Said:
    """The question as messages: text and buttons, and the payload that names the fact."""
    custom: dict[str, Any] = {
        "type": "offer" if question.kind == "offer" else "question",
        "kind": question.kind,
        "fact": question.fact or None,
        "options": [b.title for b in question.buttons],
        "remaining": len(scene.still_to_ask(record)),
    }
    if question.facts:
        custom["facts"] = list(question.facts)
    return (Utterance(text, tuple(b.title for b in question.buttons), custom),)


def put_again(record: Record, scene: Scene) -> Said:
    """The open question in its short form, after an interruption; nothing where none is open."""
    question = record.open
    if question is None:
        return ()
    short = question.text
    if question.kind == "ask":
        short = str(scene.words.questions[question.fact]["short"])
    elif question.kind == "offer":
        short = scene.words.say("offer_short")
    return put(question, scene.words.say("returning", question=short), record, scene)


def _announce(record: Record, verdict: Verdict, scene: Scene) -> tuple[Record, Said]:
    failing = tuple(f.id for f in verdict.findings if f.status is Status.NOT_MET)
    said: list[Utterance] = []
    for identifier in record.reported:
        if identifier not in failing:
            criterion = scene.protocol.criterion(identifier)
            key = "reopened" if verdict.finding(identifier).status is Status.UNKNOWN else "restored"
            said.append(tell(scene, key, number=criterion.number, label=criterion.label))
    for identifier in failing:
        if identifier not in record.reported:
            said.append(exclusion(identifier, record, verdict, scene))
    return replace(record, reported=failing, finishing=record.finishing and bool(failing)), tuple(said)


def exclusion(identifier: str, record: Record, verdict: Verdict, scene: Scene) -> Utterance:
    """Why a criterion fails: its sentence, the value with its quote, the limit, and whether it can be mended."""
    say, finding = scene.words.say, verdict.finding(identifier)
    criterion = scene.protocol.criterion(identifier)
    lines = [
        say(
            "excluded",
            number=criterion.number,
            label=criterion.label,
            because=finding.because,
            quote=finding.quote,
        )
    ]
    quotes = [f"“{q}”" for q in dict.fromkeys(record.quote(f) for f in finding.rests_on) if q]
    if quotes:
        lines.append(say("excluded_basis", quotes=scene.words.listed(quotes)))
    if finding.remedy is not None:
        lines.append(say(f"excluded_{finding.remedy.when}", what=finding.remedy.what))
    return Utterance("\n".join(lines), custom={"type": "exclusion", "criterion": finding.to_dict()})


def _next_question(record: Record, verdict: Verdict, scene: Scene) -> Question | None:
    now = [d for d in record.doubts if not d.passed_over]
    if now:
        return _clarify(now[0], scene)
    if verdict.contradictions:
        return _choose(verdict.contradictions[0], record, scene)
    doubted = {d.fact for d in record.doubts}
    fresh = [f for f in scene.still_to_ask(record, skipped_too=True) if f not in doubted]
    if record.reported and not record.finishing and (fresh or doubted):
        return _offer(scene)
    if fresh:
        return ask(fresh[0], record, scene)
    return _clarify(record.doubts[0], scene) if record.doubts else None


def ask(fact: str, record: Record, scene: Scene) -> Question:
    """The question for a missing fact, as its wording file has it."""
    entry = scene.words.questions[fact]
    text = str(entry["ask"])
    held = record.answers.get(fact)
    if held is not None and held.missing == SKIPPED:
        text = scene.words.say("asking_again", question=text)
    buttons = tuple(Button(str(b["title"]), "set", fact, b["value"]) for b in entry.get("buttons") or ())
    return Question("ask", fact, text, (*buttons, _dont_know(scene)))


def _clarify(doubt: Doubt, scene: Scene) -> Question:
    words = scene.words
    reason = sentence_case(doubt.reason.rstrip(". "))
    if reason.endswith("?"):
        text = reason
    elif doubt.options:
        text = words.say("clarify", reason=reason)
    elif doubt.fact in words.questions:
        text = f"{reason}. {words.questions[doubt.fact]['ask']}"
    else:
        text = words.say("clarify_open", reason=reason, noun=words.noun(doubt.fact))
    options = tuple(Button(sentence_case(words.value(doubt.fact, v)), "set", doubt.fact, v) for v in doubt.options)
    if not options:
        entry = words.questions.get(doubt.fact, {})
        options = tuple(Button(str(b["title"]), "set", doubt.fact, b["value"]) for b in entry.get("buttons") or ())
    return Question("clarify", doubt.fact, text, (*options, _dont_know(scene)))


def _choose(contradiction: Contradiction, record: Record, scene: Scene) -> Question:
    words = scene.words
    known = scene.disputed(record, contradiction)
    quotes = [f"“{record.quote(f)}”" for f in known if record.quote(f)]
    text = words.say("choose", text=contradiction.text)
    if quotes:
        text = f"{text} ({words.listed(dict.fromkeys(quotes))})"
    options = tuple(Button(words.fact(f, record.answers[f].value), "keep", f) for f in known)
    neither = Button(words.say("button_drop_both"), "dont_know")
    return Question("choose", known[0], text, (*options, neither), contradiction.facts)


def _offer(scene: Scene) -> Question:
    say = scene.words.say
    buttons = (Button(say("button_finish"), "finish_rest"), Button(say("button_stop"), "stop"))
    return Question("offer", "", say("offer"), buttons)


def _dont_know(scene: Scene) -> Button:
    return Button(scene.words.say("button_dont_know"), "dont_know")
