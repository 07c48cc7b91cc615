"""Putting facts into words while a criterion is judged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

from bot.catalogue import concepts
from bot.facts import Between, NotKnown, plus_days, plus_years
from bot.protocol import Get, Slot, Text


def say(text: Text, look: Get) -> str:
    """A text with its slots filled from the facts."""
    return "".join([piece if isinstance(piece, str) else _slot(piece, look) for piece in text.pieces])


def _slot(slot: Slot, look: Get) -> str:
    value = look(slot.name)
    if value.__class__ is date and slot.amount == 0:
        return str(value)  # nearly every text that is not remembered is one with a day in it
    if value is None or isinstance(value, NotKnown):
        return "not known"
    if isinstance(value, Between):
        return f"at least {value.low}" if value.high is None else f"{value.low} to {value.high}"
    if slot.amount != 0:
        move = plus_days if slot.unit == "days" else plus_years
        value = move(cast(date, value), slot.amount)
    concept = concepts().get(slot.name)
    return concept.value_label(value) if concept is not None else str(value)


def phrases(texts: Iterable[str]) -> str:
    """Phrases as one sentence: joined by semicolons, a capital in front, a full stop behind."""
    joined = "; ".join(dict.fromkeys([text.rstrip(".") for text in texts if text]))
    return f"{joined[:1].upper()}{joined[1:]}." if joined else ""
