"""What a finder hands over: one fact, its value or its doubt, and the words that it rests on.

How a concept module plugs in
-----------------------------
``find(doc, scene) -> Iterable[Mention]``
    Reads the whole message. Offsets are character offsets; ``scene.text`` is the message with its characters
    normalised one for one (full-width letters, dashes, odd spaces), so offsets in it are offsets in the
    original.
    ``scene.low`` is the same in lower case, again of the same length. Context (negation, family, plans,
    history) is asked from ``bot.extraction.qualifiers.qualify(doc, start, end)``.

``ANSWERS: Mapping[str, AnswerReader]`` (optional)
    What a bare answer means once that fact was asked: ``"III"`` for histology, ``"GP"`` for chemo_agents.
    The reader cuts the message into segments and offers every segment in which no finder found anything. A
    reader returns
    ``None`` where the words are no answer to its fact. Yes/no, numbers, dates and "don't know" are read for
    every fact by kind in ``answers.py`` and need no entry here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Mention:
    """One statement about one fact.

    fact: name of the fact. value: the contract's value, or None when the text does not settle it.
    start, end: character offsets of the words in the original text.
    doubt: why no value can be taken, a plain sentence for staff. options: the values it could have.
    corrected: the text says itself that this replaces an earlier value.
    rank: among the mentions of one fact only those of the highest rank count: a more specific statement
    (M1b over M1) or a more recent one (ECOG today over ECOG at diagnosis). A doubt gives way to a value of
    the same rank; give a doubt a higher rank where it must stand against a value. Two values of the same
    rank that differ are a conflict and are asked about; list values are united.
    """

    fact: str
    value: object
    start: int
    end: int
    doubt: str | None = None
    options: tuple[object, ...] = ()
    corrected: bool = False
    rank: int = 0


def if_any(mention: Mention | None) -> Iterable[Mention]:
    """What a finder yields of a reading that may have come to nothing."""
    return () if mention is None else (mention,)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a bare answer means for the asked fact: a value, or a doubt with the readings it could have."""

    value: object = None
    doubt: str | None = None
    options: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What a finder knows besides the tokens.

    text: normalised message, low: its lower case; both exactly as long as the original.
    asked: the fact that the bot has just asked for. reference_date: what "yesterday" counts from (None: not
    known). lexicon: ``lexicon["drugs"]`` is the content of the language's drugs.yml.
    """

    text: str
    low: str
    asked: str | None
    reference_date: date | None
    lexicon: Mapping[str, Any]


# Values that a missing record must never give.
DENIALS: tuple[object, ...] = (False, 0, "not_done", "none", "M0", [], ())

Finder = Callable[["Doc", Scene], Iterable[Mention]]
AnswerReader = Callable[[str, Scene], "Answer | None"]
