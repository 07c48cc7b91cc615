"""One message in, the new record and what is said out. The whole conversation is a fold over this function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.interview import absorbing, answering, correction, explanation, screening, talk
from bot.interview.asking import put_again
from bot.interview.record import Button, Heard, HeardFact, Record
from bot.interview.scene import Move, Said, Scene, tell

MOVES: Mapping[str, Move] = {
    "inform": answering.answer,
    "affirm": screening.affirm,
    "deny": screening.deny,
    "dont_know": answering.dont_know,
    "skip": answering.skip,
    "go_back": correction.go_back,
    "change_answer": correction.change_answer,
    "forget": correction.forget,
    "why_ask": explanation.why_ask,
    "explain_criterion": explanation.explain_criterion,
    "define_term": explanation.define_term,
    "whats_missing": explanation.whats_missing,
    "summary": explanation.summary,
    "ask_verdict": explanation.ask_verdict,
    "what_would_change": explanation.what_change,
    "ask_settings": explanation.ask_settings,
    "new_candidate": screening.new_candidate,
    "stop": screening.stop,
    "finish_rest": screening.finish_rest,
    "greet": talk.greet,
    "thanks": talk.simply("thanks"),
    "goodbye": talk.goodbye,
    "help": talk.help_,
    "bot_challenge": talk.simply("bot_challenge"),
    "small_talk": talk.simply("small_talk"),
    "out_of_scope": talk.out_of_scope,
}
"""Intent -> what is done. The one list of what can be said to Candid."""

_BARE = frozenset({"affirm", "deny", "dont_know", "skip"})
"""Moves that mean nothing but in the light of a question."""
_KEEPS_FACTS_OUT = frozenset({"forget"})
"""Moves whose message names values only to be rid of them."""
_TAKES_FACTS_ITSELF = frozenset(
    {"inform", "affirm", "deny", "dont_know", "change_answer", "new_candidate", "nlu_fallback"}
)


def respond(record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    """Answer one message. Pure: the same record, message and scene give the same answer.

    A question on the side that also states facts has them taken in first, so that nothing typed is lost.
    """
    stale = heard.asked is not None and heard.asked != record.asked_for
    button = record.open.pressed(heard.text) if record.open is not None and not stale else None
    if button is not None:
        return _press(button, record, heard, scene)
    if stale and heard.intent in _BARE and not heard.facts:
        # Typed while another question was open (the action server was away): it must not answer this one.
        return record, put_again(record, scene) or (tell(scene, "came_late"),)
    move = MOVES.get(heard.intent, talk.fallback)
    if talk.is_other_script(heard.text) and not heard.facts and not heard.doubts:
        move = talk.out_of_scope
    if heard.intent in ("affirm", "deny") and heard.facts:
        move = answering.answer
    if heard.intent not in MOVES and (heard.facts or heard.doubts):
        move = answering.answer
    taken: Said = ()
    aside = heard.intent not in _TAKES_FACTS_ITSELF | _KEEPS_FACTS_OUT
    if aside and absorbing.says_something_new(record, heard) and move is not talk.fallback:
        record, said = answering.answer(record, heard, scene)
        taken = tuple(u for u in said if not _asks(u.custom))
    record, said = move(record, heard, scene)
    return record, (*taken, *said)


def _asks(custom: Mapping[str, object] | None) -> bool:
    return custom is not None and custom.get("type") in ("question", "offer")


def _press(button: Button, record: Record, heard: Heard, scene: Scene) -> tuple[Record, Said]:
    bare = replace(heard, facts={}, doubts=())
    if button.move == "set":
        stated = HeardFact(button.value, heard.text.strip(), corrected=True)
        return answering.answer(record, replace(bare, facts={button.fact: stated}), scene)
    if button.move == "keep":
        return answering.keep(record, button.fact, scene)
    return MOVES[button.move](record, bare, scene)


__all__ = ["MOVES", "Record", "respond"]
