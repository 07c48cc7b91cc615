"""Other projects' context engines in the place of Candid's own cues: what benchmarks/neighbours.py holds against them.

Finders ask `qualify` about the reaches that the pipeline's last component left on the document. Here that component is
exchanged: medspaCy's ConText, negspacy or edsnlp find their modifiers, and each modifier becomes a reach of one kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.layout import layout
from bot.extraction.lexicon import lexicon
from bot.extraction.pipeline import pipeline
from bot.extraction.qualifiers import Intervals, Reach

CueFinder = Callable[[Doc], Doc]
OWN = "candid_cues"
# What ConText's categories are called here.
CONTEXT_KINDS = {
    "NEGATED_EXISTENCE": "negated",
    "POSSIBLE_EXISTENCE": "uncertain",
    "HYPOTHETICAL": "hypothetical",
    "HISTORICAL": "historical",
    "FAMILY": "other_person",
}
NEGATION = frozenset({"negated"})
EDSNLP_KINDS = frozenset({"negated", "uncertain", "hypothetical", "historical"})
_own: list[CueFinder] = []  # Candid's own component, kept when it is first exchanged
_current: list[CueFinder] = []


@Language.component("benchmark_cues")
def _cues(doc: Doc) -> Doc:
    return _current[-1](doc)


def _own_component() -> CueFinder:
    """Candid's component; from the first call on, the pipeline asks `_current` in its place."""
    if not _own:
        nlp = pipeline("en")
        _own.append(nlp.get_pipe(OWN))
        _current.append(_own[0])
        nlp.replace_pipe(OWN, "benchmark_cues")
    return _own[0]


@contextmanager
def using(finder: CueFinder) -> Iterator[None]:
    """The English pipeline with this cue finder in the place of Candid's."""
    _own_component()
    _current.append(finder)
    try:
        yield
    finally:
        _current.pop()


def own_cues(only: Collection[str] | None = None, but: Collection[str] = ()) -> CueFinder:
    """Candid's own cue finder, of some kinds only."""
    own = _own_component()

    def find(doc: Doc) -> Doc:
        own(doc)
        here = layout(doc)
        kinds = set(here.reaches) if only is None else set(only)
        here.reaches = {kind: here.reaches[kind] for kind in kinds - set(but) if kind in here.reaches}
        return doc

    return find


def both(first: CueFinder, second: CueFinder) -> CueFinder:
    """The reaches of two finders; where both give a kind, the second's count."""

    def find(doc: Doc) -> Doc:
        reaches = dict(layout(first(doc)).reaches)
        layout(doc).reaches = {**reaches, **layout(second(doc)).reaches}
        return doc

    return find


def no_cues(doc: Doc) -> Doc:
    """Everything is plain."""
    layout(doc).reaches = {}
    return doc


def _sentenced(doc: Doc) -> Doc:
    """The document with spaCy's marks on the first tokens of Candid's sentences."""
    starts = iter([start for start, _ in layout(doc).sentences] + [len(doc.text) + 1])
    following = next(starts)
    for token in doc:
        first = token.idx + len(token) > following
        while token.idx + len(token) > following:
            following = next(starts)
        token.is_sent_start = first or token.i == 0
    return doc


def _set(doc: Doc, reaches: dict[str, list[Reach]]) -> Doc:
    layout(doc).reaches = {kind: Intervals(found) for kind, found in reaches.items()}
    return doc


def _chars(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Character offsets of a span of tokens."""
    return (doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) if start < end else (0, 0)


def medspacy_context() -> CueFinder:
    """ConText with the rules that medspaCy ships."""
    from medspacy.context import ConText

    component: Any = ConText(pipeline("en"))

    def find(doc: Doc) -> Doc:
        component(_sentenced(doc))
        reaches: dict[str, list[Reach]] = defaultdict(list)
        for modifier in doc._.context_graph.modifiers:
            kind = CONTEXT_KINDS.get(modifier.category)
            start, end = _chars(doc, *modifier.scope_span)
            if kind is not None and modifier.direction.upper() not in ("TERMINATE", "PSEUDO"):
                reaches[kind].append(Reach(kind, "relative", start, end, *_chars(doc, *modifier.modifier_span)))
        return _set(doc, reaches)

    return find


def negspacy_negation() -> CueFinder:
    """negspacy's NegEx with its clinical word list: from a cue to the end of its stretch, or back to its beginning."""
    from negspacy.negation import Negex, default_ts

    nlp = pipeline("en")
    words = SimpleNamespace(pipe=lambda texts: map(nlp.tokenizer, texts))  # Candid's tokeniser has no pipe of its own
    negex: Any = Negex(SimpleNamespace(vocab=nlp.vocab, tokenizer=words), "negex", default_ts, [], "negex", [])

    def find(doc: Doc) -> Doc:
        preceding, following, ending = negex.process_negations(_sentenced(doc))
        reaches = []
        for begin, stop in negex.termination_boundaries(doc, ending):
            for _, start, end in preceding:
                if begin <= start < stop:
                    reaches.append(("negated", *_chars(doc, end, stop), *_chars(doc, start, end)))
            for _, start, end in following:
                if begin <= start < stop:
                    reaches.append(("negated", *_chars(doc, begin, start), *_chars(doc, start, end)))
        return _set(doc, {"negated": [Reach(k, "", s, e, cs, ce) for k, s, e, cs, ce in reaches]})

    return find


def edsnlp_engine(kinds: Collection[str] = EDSNLP_KINDS) -> CueFinder:
    """edsnlp's rule engine (its shipped words are French) fed with Candid's English words for these kinds."""
    from edsnlp.pipes.qualifiers.negation.negation import NegationQualifier

    class Engine(NegationQualifier):
        """Without the verbs: an empty list would stand for every French verb."""

        def load_verbs(self, verbs: list[str]) -> tuple[list[str], list[str]]:
            return [], []

    content = lexicon("en")["cues"]
    engines: dict[str, Any] = {}
    for kind in kinds:
        cues = [cue for cue in content["cues"] if cue["kind"] == kind]
        engines[kind] = Engine(
            pipeline("en"),
            kind,
            pseudo=list(content["pretends"]),
            preceding=[word for cue in cues if cue["direction"] != "backward" for word in cue["words"]],
            following=[word for cue in cues if cue["direction"] in ("backward", "both") for word in cue["words"]],
            preceding_regex=[],
            verbs=[],
            termination=["but", "however", "although", "though", "except", ","],
            attr="LOWER",
        )

    def find(doc: Doc) -> Doc:
        _sentenced(doc)
        reaches: dict[str, list[Reach]] = defaultdict(list)
        for kind, engine in engines.items():
            for token in engine.process(doc).tokens:
                if token.negation:
                    start, end = token.token.idx, token.token.idx + len(token.token)
                    reaches[kind].append(Reach(kind, "", start, end, -1, -1))
        return _set(doc, reaches)

    return find
