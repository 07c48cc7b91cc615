"""Answering questions on the side, from the protocol file and the glossary; the open question stays open."""

from __future__ import annotations

from collections import Counter

from bot.eligibility import Verdict
from bot.interview.asking import put_again
from bot.interview.record import Heard, Record, Utterance
from bot.interview.result import changes, headline, missing_reason, payload, result, status
from bot.interview.scene import Said, Scene, tell
from bot.interview.topics import criteria_named, criterion_number, facts_named, terms_named
from bot.protocol import Criterion


def why_ask(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Why the open question is asked, or why a fact named in the message matters."""
    say, question = scene.words.say, record.open
    named = facts_named(heard.text, scene.words)
    fact = named[0] if named else question.fact if question is not None else ""
    if question is not None and question.kind == "offer" and not named:
        return record, (tell(scene, "why_offer"), *put_again(record, scene))
    if not fact:
        return record, (tell(scene, "why_nothing"),)
    criterion = scene.criterion_of(fact, scene.judge(record))
    lines = []
    if question is not None and question.kind in ("clarify", "choose") and fact == question.fact:
        lines.append(say("why_clarify", reason=question.text))
    elif criterion is not None:
        lines.append(
            say(
                "why_ask",
                noun=scene.words.noun(fact),
                number=criterion.number,
                quote=criterion.sentence,
                why=criterion.why,
            )
        )
        others = [c.label for c in scene.protocol.criteria if fact in c.facts and c.id != criterion.id]
        if others:
            lines.append(say("why_more", others=scene.words.listed(others)))
    if fact in scene.words.questions:
        lines.append(str(scene.words.questions[fact]["help"]))
    return record, (Utterance("\n".join(lines)), *put_again(record, scene))


def explain_criterion(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Read a criterion out: its sentence, what it means, how this candidate stands, what it leaves open."""
    number = criterion_number(heard.text)
    total = len(scene.protocol.criteria)
    if number is not None and not 1 <= number <= total:
        return record, (tell(scene, "criterion_none", number=number, total=total), *put_again(record, scene))
    if number is not None:
        chosen = [scene.protocol.criteria[number - 1].id]
    else:
        chosen = criteria_named(heard.text, scene.protocol, scene.words)[:2]
    if not chosen:
        if terms_named(heard.text):
            return define_term(record, heard, scene)
        listed = "; ".join(f"{c.number} {c.label}" for c in scene.protocol.criteria)
        return record, (tell(scene, "criterion_which", total=total, list=listed), *put_again(record, scene))
    verdict = scene.judge(record)
    said = [Utterance(_criterion(scene.protocol.criterion(c), record, verdict, scene)) for c in chosen]
    return record, (*said, *put_again(record, scene))


def _criterion(criterion: Criterion, record: Record, verdict: Verdict, scene: Scene) -> str:
    say = scene.words.say
    lines = [
        say(
            "criterion",
            number=criterion.number,
            label=criterion.label,
            quote=criterion.sentence,
            plain=criterion.plain,
        )
    ]
    if record.state != "idle":
        finding = verdict.finding(criterion.id)
        shown = say(f"status_{status(finding, record, scene)}")
        lines.append(say("criterion_status", status=shown, because=finding.because))
    if criterion.open_points:
        lines.append(say("criterion_open_points", points=" ".join(criterion.open_points)))
    return "\n".join(lines)


def define_term(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """What a term means, with its source; honestly nothing where there is no entry."""
    terms = terms_named(heard.text)[:2]
    if not terms:
        if criterion_number(heard.text) is not None or criteria_named(heard.text, scene.protocol, scene.words):
            return explain_criterion(record, heard, scene)
        return record, (tell(scene, "term_unknown"), *put_again(record, scene))
    lines = [f"{t.text.strip()} {scene.words.say('term_source', source=t.source)}" for t in terms]
    return record, (Utterance("\n\n".join(lines)), *put_again(record, scene))


def whats_missing(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """What is still to be asked, in order, and what was left open."""
    say, words, verdict = scene.words.say, scene.words, scene.judge(record)
    left = [words.noun(f) for f, a in record.answers.items() if not a.known]
    missing = [f for f in verdict.missing if f not in record.unavailable(skipped_too=True)]
    lines = []
    if missing:
        lines.append(say("missing_list"))
        for fact in missing:
            criterion = scene.criterion_of(fact, verdict)
            if criterion is not None:
                noun = words.noun(fact)
                lines.append(say("missing_item", noun=noun, number=criterion.number, label=criterion.label))
    if left:
        lines.append(say("missing_unavailable", nouns=words.listed(left)))
    return record, (Utterance("\n".join(lines or [say("missing_none")])), *put_again(record, scene))


def summary(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Everything noted so far with its quotes, and where the criteria stand."""
    if record.state in ("stopped", "done"):
        return record, result(record, scene.judge(record), scene)
    say, words = scene.words.say, scene.words
    if not record.answers:
        return record, (tell(scene, "summary_empty"), *put_again(record, scene))
    lines = [say("summary_head")]
    for fact, held in record.answers.items():
        quote = f" – “{held.quote}”" if held.quote and held.known else ""
        text = words.fact(fact, held.value) if held.known else missing_reason(fact, record, scene)
        lines.append(say("summary_item", fact=text, quote=quote))
    verdict = scene.judge(record)
    lines.append(say("summary_status", counts=_counts(verdict, scene)))
    return record, (Utterance("\n".join(lines)), *put_again(record, scene))


def ask_verdict(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """How it stands now; the full result where nothing more can be asked."""
    verdict = scene.judge(record)
    if record.state in ("stopped", "done"):
        return record, result(record, verdict, scene)
    count = len(scene.still_to_ask(record, skipped_too=True))
    key = "verdict_next_one" if count == 1 else "verdict_next"
    following = scene.words.say(key, **({} if count == 1 else {"count": count}))
    text = scene.words.say("verdict_open", counts=_counts(verdict, scene), next=following)
    if verdict.decision == "excluded":
        text = headline(verdict, scene)
        return record, (Utterance(text, custom=payload(record, verdict, scene)), *put_again(record, scene))
    return record, (Utterance(text), *put_again(record, scene))


def what_change(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """The single changes that would alter the decision."""
    lines = changes(record, scene)
    if not lines and scene.judge(record).missing:
        return whats_missing(record, heard, scene)
    if not lines:
        return record, (tell(scene, "change_none"), *put_again(record, scene))
    lines = [scene.words.say("change_head"), *(scene.words.say("change_item", text=text) for text in lines)]
    return record, (Utterance("\n".join(lines)), *put_again(record, scene))


def ask_settings(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """The active readings of the protocol, and who may change them: never the chat."""
    say = scene.words.say
    lines = [say("settings_head")]
    for name, value, means in scene.settings():
        lines.append(say("settings_item", name=name, value=value, means=means))
    lines.append(say("settings_close"))
    return record, (Utterance("\n".join(lines)), *put_again(record, scene))


def _counts(verdict: Verdict, scene: Scene) -> str:
    counts = Counter(f.status.value for f in verdict.findings)
    return ", ".join(f"{count} {scene.words.say(f'status_{name}')}" for name, count in counts.items())
