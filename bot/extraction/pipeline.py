"""The spaCy pipeline: own tokeniser, sentences and breaks, cues with their reaches."""

# no "from __future__ import annotations" here: spaCy reads the signature of a factory at run time
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction import clauses  # noqa: F401 - importing it registers its component
from bot.extraction.cues import CueFinder
from bot.extraction.normalise import Tokeniser, normalise, plain_layout


@Language.factory("candid_cues", default_config={"language": "en"})
def make_cue_finder(nlp: Language, name: str, language: str) -> CueFinder:
    """spaCy's way to build the component that finds the cues."""
    return CueFinder(nlp, language)


@cache
def pipeline(language: str = "en") -> Language:
    """The pipeline of one language, built once; it holds no statistical model."""
    nlp = spacy.blank(language)
    nlp.tokenizer = Tokeniser(nlp.vocab)
    nlp.max_length = 10_000_000
    nlp.add_pipe("candid_clauses")
    nlp.add_pipe("candid_cues", config={"language": language})
    return nlp


def parse(text: str, language: str = "en") -> Doc:
    """The document of a message; offsets in it are offsets in the message."""
    return pipeline(language)(plain_layout(normalise(text)))
