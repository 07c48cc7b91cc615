"""The spaCy pipeline of a language: own tokeniser, sentences and breaks, cues with their reaches."""

# no "from __future__ import annotations" here: spaCy reads the signature of a factory at run time
from collections.abc import Callable
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.grammar import grammar
from bot.extraction.layout import lay_out
from bot.extraction.normalise import Tokeniser, normalise


@Language.factory("candid_layout", default_config={"language": "en"})
def make_clause_finder(nlp: Language, name: str, language: str) -> Callable[[Doc], Doc]:
    """spaCy's way to build the component that marks sentences and breaks on the document."""
    rules = grammar(language)

    def mark(doc: Doc) -> Doc:
        spans = rules.sentences(doc.text)
        lay_out(doc, spans, rules.breaks(doc.text, spans))
        return doc

    return mark


@Language.factory("candid_cues", default_config={"language": "en"})
def make_cue_finder(nlp: Language, name: str, language: str) -> Callable[[Doc], Doc]:
    """spaCy's way to build the component that finds the cues."""
    return grammar(language).cues(nlp)


@cache
def pipeline(language: str = "en") -> Language:
    """The pipeline of one language, built once; it holds no statistical model."""
    nlp = spacy.blank(language)
    nlp.tokenizer = Tokeniser(nlp.vocab)
    nlp.max_length = 10_000_000
    nlp.add_pipe("candid_layout", config={"language": language})
    nlp.add_pipe("candid_cues", config={"language": language})
    return nlp


def parse(text: str, language: str = "en") -> Doc:
    """The document of a message; offsets in it are offsets in the message."""
    return pipeline(language)(grammar(language).pasted(normalise(text)))
