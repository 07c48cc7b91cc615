"""Taking in what a message states. What was said before is never overwritten in silence:

a value that differs is a correction (said so, or given to the question about this very fact), a more exact way of
saying the same, a later test that replaces an earlier one - or a conflict, which leaves the fact without a value
until the person settles it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.catalogue import check_fact, concepts
from bot.facts import Implausible
from bot.interview.readback import changed, read_back, telling, with_quote
from bot.interview.record import CONTRADICTORY, Answer, Doubt, Heard, HeardFact, Record
from bot.interview.scene import Said, Scene, tell

REFINES: Mapping[str, Mapping[str, Collection[str]]] = {
    # A more exact statement of the same thing is no contradiction: M1, later M1b.
    "m_category": {"M1a": {"M1"}, "M1b": {"M1"}},
    "stage_group": {"IVA": {"IV"}, "IVB": {"IV"}, "IVC": {"IV"}, "IA": {"I"}, "IB": {"I"}},
    "histology": {
        "nonkeratinizing_differentiated": {"nonkeratinizing_unspecified"},
        "nonkeratinizing_undifferentiated": {"nonkeratinizing_unspecified"},
    },
    "confirmation": {"both": {"histology", "cytology"}},
}
REPLACED_BY_A_LATER: Mapping[str, str] = {"pregnancy_test_date": "pregnancy_test_result"}
"""A date later than the one held makes it, and the result that goes with it, a repeated test and not a conflict."""


@dataclass
class _Taken:
    """What one message does to a record, while it is worked out."""

    answers: dict[str, Answer | None] = field(default_factory=dict)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    replaced: list[tuple[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def absorb(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """The record with what the message states, and the read-back of it."""
    heard = telling(heard)
    before = scene.judge(record)
    taken = _Taken(doubts={d.fact: d for d in _pass_over(record, heard).doubts})
    later = _repeated(record, heard)
    for fact, stated in heard.facts.items():
        stated = replace(stated, corrected=True) if fact in later else stated
        _take(fact, stated, record, heard, taken, scene)
    for doubt in heard.doubts:
        _take_doubt(doubt, record, heard, taken, scene)
    record, dropped = _settle(record.with_answers(taken.answers, tuple(taken.doubts.values())), heard, scene)
    unclear = [d.fact for d in heard.doubts if d.fact in taken.doubts]
    same = [] if dropped or taken.replaced else taken.same
    said = read_back(taken.fresh, same, list(dict.fromkeys(unclear)), heard, scene)
    said += [tell(scene, "refused", reason=reason) for reason in taken.refused]
    said += [changed(fact, old, record, before, scene) for fact, old in taken.replaced]
    if dropped:
        nouns = scene.words.listed(scene.words.noun(f) for f in dropped)
        kept = scene.words.listed(scene.words.clauses.one(f, s.value) for f, s in heard.facts.items())
        custom = {"type": "settled", "kept": list(heard.facts), "dropped": list(dropped)}
        said.append(replace(tell(scene, "settled", kept=kept, dropped=nouns), custom=custom))
    return record, tuple(said)


def says_something_new(record: Record, heard: Heard) -> bool:
    """Whether a message states or doubts anything that the record does not already hold."""
    held = record.facts()
    return bool(heard.doubts) or any(
        f not in held or not _same(f, held[f], stated.value) for f, stated in heard.facts.items()
    )


def _take(fact: str, stated: HeardFact, record: Record, heard: Heard, taken: _Taken, scene: Scene) -> None:
    try:
        check_fact(fact, stated.value, scene.today)
    except Implausible as error:
        taken.refused.append(str(error))
        return
    held = record.answers.get(fact, Answer())
    new = Answer(stated.value, stated.quote)
    if held.missing == CONTRADICTORY and not stated.corrected and not _offered(stated.value, taken.doubts.get(fact)):
        taken.doubts[fact] = _conflict(fact, taken.doubts.get(fact), stated, scene)
    elif not held.known:
        taken.answers[fact] = new
        taken.fresh.append(fact)
        taken.doubts.pop(fact, None)
    elif _same(fact, held.value, stated.value):
        taken.same.append(fact)
        taken.doubts.pop(fact, None)
    elif stated.corrected or _is_open(fact, record, heard) or _refines(fact, held.value, stated.value):
        taken.answers[fact] = new
        taken.replaced.append((fact, held.value))
        taken.doubts.pop(fact, None)
    elif fact == "confirmation" and {held.value, stated.value} == {"histology", "cytology"}:
        taken.answers[fact] = Answer("both", f"{held.quote}; {stated.quote}")
        taken.replaced.append((fact, held.value))
    else:
        earlier = Doubt(fact, scene.words.fact(fact, held.value), (held.value,))
        taken.answers[fact] = Answer(None, held.quote, CONTRADICTORY)
        taken.doubts[fact] = _conflict(fact, earlier, stated, scene, quote=held.quote)


def _take_doubt(doubt: Doubt, record: Record, heard: Heard, taken: _Taken, scene: Scene) -> None:
    """Keep a doubt that is worth a question; one about a known value leaves that value open until it is settled."""
    concept = concepts().get(doubt.fact)
    if concept is None:  # not about a fact, such as two patients in one message
        taken.refused.append(doubt.reason)
        return
    if doubt.fact in heard.facts:
        return
    held = record.answers.get(doubt.fact, Answer())
    if held.known and concept.kind == "bool":
        return  # "uses condoms" raises the question of agreement, and that has been answered
    judged = any(doubt.fact in c.facts for c in scene.protocol.criteria)
    if not judged and not doubt.options:
        return  # no verdict turns on it, and there is nothing to choose from
    if held.known:
        taken.answers[doubt.fact] = Answer(None, held.quote, CONTRADICTORY)
        options = (held.value, *(o for o in doubt.options if o != held.value))
        doubt = replace(doubt, options=options)
    taken.doubts[doubt.fact] = doubt


def _repeated(record: Record, heard: Heard) -> frozenset[str]:
    """Facts that a later test in this message replaces."""
    later: set[str] = set()
    for day, outcome in REPLACED_BY_A_LATER.items():
        held, stated = record.facts().get(day), heard.facts.get(day)
        if held is not None and stated is not None and stated.value > held and outcome in heard.facts:
            later |= {day, outcome}
    return frozenset(later)


def _pass_over(record: Record, heard: Heard) -> Record:
    """The record with the doubt that was just asked about put last, where the message speaks of something else."""
    question = record.open
    if question is None or question.kind != "clarify" or not heard.facts or question.fact in heard.facts:
        return record
    doubts = tuple(replace(d, passed_over=True) if d.fact == question.fact else d for d in record.doubts)
    return replace(record, doubts=doubts)


def _settle(record: Record, heard: Heard, scene: Scene) -> tuple[Record, tuple[str, ...]]:
    """In an open contradiction: confirm the facts restated, and drop the one that cannot stand beside them."""
    question = record.open
    restated = [f for f in question.facts if f in heard.facts] if question is not None else []
    if question is None or question.kind != "choose" or not restated:
        return record, ()
    record = replace(record, confirmed=tuple(dict.fromkeys((*record.confirmed, *restated))))
    still = next((c for c in scene.judge(record).contradictions if set(question.facts) <= set(c.facts)), None)
    if still is None:
        return record, ()
    others = scene.disputed(record, still)
    if len(others) != 1:
        return record, ()
    return record.with_answers({others[0]: None}), others


def _same(fact: str, held: Any, stated: Any) -> bool:
    if isinstance(held, (list, tuple)) and isinstance(stated, (list, tuple)):
        return (bool(stated) and set(stated) <= set(held)) or list(stated) == list(held)
    return bool(held == stated) or _refines(fact, stated, held)


def _refines(fact: str, held: Any, stated: Any) -> bool:
    """Whether `stated` says the same as `held`, more exactly."""
    return held in REFINES.get(fact, {}).get(str(stated), ())


def _offered(value: Any, doubt: Doubt | None) -> bool:
    options = doubt.options if doubt is not None else ()
    return not isinstance(value, (list, tuple)) or any(sorted(value) == sorted(o) for o in options)


def _is_open(fact: str, record: Record, heard: Heard) -> bool:
    """The bot has just asked for this very fact, so the answer replaces what stood there."""
    question = record.open
    return heard.asked == fact and question is not None and fact in (question.fact, *question.facts)


def _conflict(fact: str, earlier: Doubt | None, stated: HeardFact, scene: Scene, quote: str = "") -> Doubt:
    """The question that settles two values of one fact; for lists of drugs, both together are a third answer."""
    words = scene.words
    options = list(earlier.options) if earlier is not None else []
    old = words.listed(words.clauses.one(fact, o) for o in options)
    reason = words.say(
        "conflict", old=with_quote(old, quote), new=with_quote(words.clauses.one(fact, stated.value), stated.quote)
    )
    options.append(stated.value)
    if isinstance(stated.value, (list, tuple)):
        together = sorted({drug for option in options for drug in option})
        options += [together] if together not in options else []
    return Doubt(fact, reason, tuple(options))
