"""What a language brings to the reader: the record that its package hands over.

A language is a package ``bot/extraction/<language>`` with a module ``grammar`` that holds ``GRAMMAR``, and a folder
``data/lexicon/<language>`` with its words. Everything in bot/extraction itself works for any of them; another
language needs no change there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from bot.extraction.lexicon import LexiconError

if TYPE_CHECKING:
    import re

    from spacy.language import Language
    from spacy.tokens import Doc

    from bot.extraction.mention import AnswerReader, Finder, Mention, Scene
    from bot.extraction.placed import Placed, Reworded

Spans = list[tuple[int, int]]


class AnswersOf(Protocol):
    """Reads a few words again, as an answer to one fact."""

    def __call__(self, words: str, asked: str, scene: Scene) -> list[Mention]: ...


@dataclass(frozen=True)
class Grammar:
    """How one language is read.

    sentences, breaks: where sentences lie in a plain text, and the sorted (offset, kind) of what ends a reach.
    pasted: pasted forms made readable, length kept. cues: builds the pipeline component that finds the cues.
    finders, answer_readers: the concept modules' own. stands: whether a mention speaks of this patient.
    several_patients: the place where a second patient shows. dont_know, bare_answers, corrections, reword: the
    readings of a whole message. forms: the mentions once headings and what is filled in beside them are read.
    respell: the message without its typing errors. pronoun: words that name the patient and state nothing new in a
    correction.
    """

    language: str
    sentences: Callable[[str], Spans]
    breaks: Callable[[str, Spans], list[tuple[int, str]]]
    pasted: Callable[[str], str]
    cues: Callable[[Language], Callable[[Doc], Doc]]
    finders: tuple[Finder, ...]
    answer_readers: Mapping[str, AnswerReader]
    stands: Callable[[Doc, Scene, Mention], bool]
    several_patients: Callable[[Doc, Scene], tuple[int, int] | None]
    dont_know: Callable[[Doc, Scene], bool]
    bare_answers: Callable[[Doc, Scene, list[Mention], Mapping[str, AnswerReader]], Iterable[Mention]]
    corrections: Callable[[Doc, Scene, list[Mention], AnswersOf], list[Mention]]
    forms: Callable[[Doc, Scene, list[Mention], AnswersOf], list[Mention]]
    reword: Callable[[str, str, Callable[[str], bool]], Reworded | None]
    respell: Callable[[str], Placed | None]
    pronoun: re.Pattern[str]


@cache
def grammar(language: str) -> Grammar:
    """The grammar of a language. Raises LexiconError where there is none."""
    module = f"bot.extraction.{language}"
    if not language.isidentifier() or find_spec(module) is None:
        raise LexiconError(f'There is no grammar for the language "{language}".')
    found: Grammar = import_module(f"{module}.grammar").GRAMMAR
    return found
