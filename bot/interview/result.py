"""The result: decision, all criteria with reason and quote, two lists, what would change it, how long it holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.catalogue import concepts
from bot.eligibility import Finding, Status, Verdict, holds_until, what_would_change
from bot.interview.record import Record, Utterance
from bot.interview.scene import Said, Scene
from bot.interview.wording import long_date


def result(record: Record, verdict: Verdict, scene: Scene) -> Said:
    """The result as one message, with the contract's `screening_result` payload."""
    return (Utterance(_text(record, verdict, scene), custom=payload(record, verdict, scene)),)


def payload(record: Record, verdict: Verdict, scene: Scene) -> dict[str, Any]:
    """The object that `candid screen` gives, with the candidate's own words and what the chat knows beside it."""
    out = {"type": "screening_result", "protocol": scene.protocol.id, **verdict.to_dict()}
    for entry in out["criteria"]:
        finding = verdict.finding(entry["id"])
        entry["status"] = status(finding, record, scene)
        if entry["status"] == "not_assessed":
            entry["because"] = scene.words.say("because_not_assessed")
        entry["evidence"] = {f: record.quote(f) for f in finding.rests_on if record.quote(f)}
    out["facts"] = record.facts()
    out["not_known"] = sorted(f for f, a in record.answers.items() if not a.known)
    out["would_change"] = changes(record, scene)
    out["holds_until"] = [
        {"date": e.date.isoformat(), "what": e.what}
        for e in holds_until(scene.protocol, scene.facts(record), scene.today)
    ]
    out["settings"] = {name: s.value for name, s in scene.protocol.settings.items()}
    out["reference_date"] = scene.today.isoformat()
    return out


def changes(record: Record, scene: Scene) -> list[str]:
    """The single changes that would alter the verdict, a line each.

    For a number or a date the core tries samples; naming those would read as limits, so none is named.
    """
    lines = []
    for change in what_would_change(scene.protocol, scene.facts(record), scene.today):
        if concepts()[change.fact].kind in ("number", "date"):
            label = scene.protocol.criterion(change.criterion).label
            lines.append(scene.words.say("result_change_other", noun=scene.words.noun(change.fact), label=label))
        else:
            lines.append(change.text)
    return lines


def status(finding: Finding, record: Record, scene: Scene) -> str:
    """The finding's status; `not_assessed` for a criterion that an early stop never reached."""
    # A fact that only decides which of several criteria applies, such as the sex, does not reach them.
    shared = {f for f in record.answers if sum(f in c.facts for c in scene.protocol.criteria) > 1}
    reached = {f for f in (*record.answers, *record.asked) if f not in shared or not concepts()[f].gates}
    criterion = scene.protocol.criterion(finding.id)
    if record.state == "stopped" and finding.status is Status.UNKNOWN and reached.isdisjoint(criterion.facts):
        return "not_assessed"
    return str(finding.status.value)


def _text(record: Record, verdict: Verdict, scene: Scene) -> str:
    say = scene.words.say
    parts = [headline(verdict, scene)]
    if record.state == "stopped":
        parts.append(say("result_stopped"))
    lines = [_line(f, record, scene) for f in verdict.findings]
    parts.append("\n".join([say("result_criteria"), *lines]))
    parts += _section("result_reasons", _by(verdict, Status.NOT_MET, scene), scene)
    parts += _section("result_missing", [missing_reason(f, record, scene) for f in verdict.missing], scene)
    parts += _section("result_review", _by(verdict, Status.REVIEW, scene), scene)
    parts += _section("result_change", changes(record, scene), scene)
    expiries = holds_until(scene.protocol, scene.facts(record), scene.today)
    parts += _section("result_holds", [f"{long_date(e.date)}: {e.what}" for e in expiries], scene)
    notes = [n for n in verdict.notes if n != scene.protocol.disclaimer]
    parts += _section("result_notes", notes, scene)
    if settings := scene.settings(active_only=True):
        parts.append(say("result_settings", settings="; ".join(f"{n} = {v}" for n, v, _ in settings)))
    parts.append(scene.protocol.disclaimer)
    parts.append(say("result_close"))
    return "\n\n".join(parts)


def headline(verdict: Verdict, scene: Scene) -> str:
    wanted = {"excluded": Status.NOT_MET, "incomplete": Status.UNKNOWN, "needs_review": Status.REVIEW}
    status_counted = wanted.get(verdict.decision)
    count = sum(f.status is status_counted for f in verdict.findings)
    counted = scene.words.say("one_criterion" if count == 1 else "some_criteria", count=count)
    return scene.words.say(f"result_{verdict.decision}", count=counted, total=len(verdict.findings))


def _line(finding: Finding, record: Record, scene: Scene) -> str:
    say = scene.words.say
    shown = status(finding, record, scene)
    criterion = scene.protocol.criterion(finding.id)
    quotes = dict.fromkeys(f"“{record.quote(f)}”" for f in finding.rests_on if record.quote(f))
    return say(
        "result_line",
        mark=say(f"mark_{shown}"),
        number=criterion.number,
        label=criterion.label,
        status=say(f"status_{shown}"),
        because=say("because_not_assessed") if shown == "not_assessed" else finding.because,
        quotes=f" ({', '.join(quotes)})" if quotes else "",
    )


def _by(verdict: Verdict, wanted: Status, scene: Scene) -> list[str]:
    lines = []
    for finding in verdict.findings:
        if finding.status is wanted:
            mend = f" {finding.remedy.what}" if finding.remedy is not None else ""
            lines.append(f"{scene.protocol.criterion(finding.id).label}: {finding.because}{mend}")
    return lines


def missing_reason(fact: str, record: Record, scene: Scene) -> str:
    """A missing fact with the reason why it is missing."""
    held = record.answers.get(fact)
    reason = "asked" if fact in record.asked else "not_asked"
    if held is not None and held.missing is not None:
        reason = held.missing
    noun = scene.words.noun(fact)
    return scene.words.say(f"missing_{reason}", noun=noun)


def _section(key: str, items: Iterable[str], scene: Scene) -> list[str]:
    lines = [scene.words.say("result_item", text=text) for text in items]
    return ["\n".join([scene.words.say(key), *lines])] if lines else []
