"""Terms of a lexicon found in a text: one pass over the tokens, one walk down a trie of words.

A term in the YAML is written as a person would write it, with three signs:
``-`` inside a term: written together, apart or with a hyphen ("non-keratinizing" finds "nonkeratinising" too);
``[x]`` may be missing; ``(a|b)`` either; a leading ``=`` asks for exactly these capitals ("=GP").
British and American endings (-ise, -ize, -our, -or) and long words with typing errors are evened out first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any

from bot.extraction import fuzzy
from bot.extraction.en.sentences import sentences

# A token: a run of letters, a run of digits, one CJK character, or one sign. Hyphens and spaces only separate.
_TOKEN = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff]+|[0-9]+|[^\s\-A-Za-z0-9\u00c0-\u024f\u0370-\u03ff]")
_IZE = re.compile(r"is(e|ed|es|ing|ation)$")
_OUR = re.compile(r"(tum|col|fav|behavi)our")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text: its evened-out spelling and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A term of a lexicon in the text: what it means, and where it stands."""

    label: str
    start: int
    end: int


def listed(terms: str | Iterable[str]) -> list[str]:
    """The single terms of an entry, which the YAML keeps as one comma-separated text."""
    if isinstance(terms, str):
        return [term.strip() for term in terms.split(",") if term.strip()]
    return [str(term) for term in terms]


def even_out(word: str) -> str:
    """The spelling that both the lexicon and the text are compared in."""
    word = word.lower()
    if word.isascii() and len(word) > 5:
        word = _IZE.sub(r"iz\1", word)
        word = _OUR.sub(r"\1or", word)
    return word


@lru_cache(maxsize=64)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of the text, typing errors in long words of the trade put right."""
    return tuple(
        Token(fuzzy.correct(even_out(match.group())), match.start(), match.end()) for match in _TOKEN.finditer(text)
    )


@lru_cache(maxsize=64)
def _places(text: str) -> Mapping[str, list[int]]:
    """Which tokens of the text each word is, so that a lexicon looks only where a term of it can begin."""
    places: dict[str, list[int]] = {}
    for index, token in enumerate(tokens(text)):
        places.setdefault(token.word, []).append(index)
    return places


def _expand(term: str) -> Iterator[list[str]]:
    """Every way the term may be written, as lists of words; an inner "-" marks a joint that may be closed."""
    parts = re.findall(r"\[[^\]]*\]|\([^)]*\)|[^\s\[\](]+", term)
    choices: list[list[str]] = []
    for part in parts:
        if part[0] == "[":
            choices.append(["", *part[1:-1].removeprefix("(").removesuffix(")").split("|")])
        elif part[0] == "(":
            choices.append(part[1:-1].split("|"))
        else:
            choices.append([part])
    for chosen in product(*choices):
        words = " ".join(word for word in chosen if word).split()
        for joined in product(*([word, word.replace("-", "")] if "-" in word else [word] for word in words)):
            yield list(joined)


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    label: str | None = None
    exact: dict[str, str] = field(default_factory=dict)  # capitals as written -> label


class Terms:
    """The terms of one lexicon section: ``{label: [term, ...]}``. The longest term at a place wins."""

    def __init__(self, entries: Mapping[str, str | Iterable[str]]) -> None:
        self._root = _Node()
        for label, terms in entries.items():
            for term in listed(terms):
                self._add(str(term), str(label))

    def _add(self, term: str, label: str) -> None:
        exact = term.startswith("=")
        for words in _expand(term.lstrip("=")):
            node = self._root
            pieces = [match.group() for word in words for match in _TOKEN.finditer(word)]
            for piece in pieces:
                node = node.children.setdefault(even_out(piece), _Node())
            if exact:
                node.exact["".join(pieces)] = label
            else:
                node.label = label

    def find(self, text: str) -> list[Hit]:
        """Terms in the text, left to right, never overlapping."""
        found: list[Hit] = []
        words, places = tokens(text), _places(text)
        starts = sorted(at for word in places.keys() & self._root.children.keys() for at in places[word])
        free_from = 0
        for at in starts:
            if at >= free_from:
                hit, after = self._longest(text, words, at)
                if hit is not None:
                    found.append(hit)
                    free_from = after
        return found

    def _longest(self, text: str, words: tuple[Token, ...], at: int) -> tuple[Hit | None, int]:
        node, index = self._root, at
        best: tuple[Hit | None, int] = (None, at)
        while index < len(words):
            step = node.children.get(words[index].word)
            if step is None:
                break
            node, index = step, index + 1
            label = node.label
            if node.exact:
                surface = "".join(text[word.start : word.end] for word in words[at:index])
                label = node.exact.get(surface, label)
            if label is not None and _free(text, words[at].start):
                best = Hit(label, words[at].start, words[index - 1].end), index
        return best


def _free(text: str, start: int) -> bool:
    """A term does not begin inside a number ("1.5-FU" is no fluorouracil)."""
    return not (start >= 2 and text[start].isdigit() and text[start - 1] == "." and text[start - 2].isdigit())


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentences(text))


def sentence(text: str, offset: int) -> tuple[int, int]:
    """Start and end of the sentence in which the offset lies."""
    spans = _sentences(text)
    place = bisect_right(spans, (offset, len(text) + 1)) - 1
    return spans[place] if place >= 0 else (0, len(text))


def before(text: str, start: int, width: int = 40) -> str:
    """Lower-case words before the offset, in the same sentence, at most ``width`` characters."""
    return text[max(sentence(text, start)[0], start - width) : start].lower()


def after(text: str, end: int, width: int = 40) -> str:
    """Lower-case words after the offset, in the same sentence, at most ``width`` characters."""
    return text[end : min(sentence(text, max(end - 1, 0))[1], end + width)].lower()


_YES = r"(?:yes|y|true|done|yep|confirmed|positive|ja|✓)"
_NO = r"(?:no|n|none|not|false|nil|never|nope|negative)"
_TICK = re.compile(
    r"[\s\"')]{0,2}(?:\(?y(?:es)?\s?/\s?no?\)?\s?)?(?:\s?[:=|?;\t]|\s?[-=]>|\s?→|\s-(?=\s)|\s–(?=\s)){1,3}\s{0,32}"
    rf"(?:(?P<yes>{_YES})|(?P<no>{_NO}))(?![a-z])(?!\s(?:of|was|were|is|are|has|have|had)(?![a-z]))"
)


def ticked(low: str, end: int) -> bool | None:
    """The yes or no that follows a label: "platinum doublet: no", "mets biopsied? yes"; None where none follows.

    Boxes that are not ticked have been blanked before, so that the answer may stand some way off.
    """
    match = _TICK.match(low, end, end + 56)
    return None if match is None else match["yes"] is not None


_REST_OF_QUESTION = re.compile(r"[^?\n.;]{0,40}\?[\s>\-\"']{0,4}")
_SAID = re.compile(
    r"(?:(?P<yes>(?:yes|yep|yeah|correct)(?![a-z])|(?:it|they|one|he|she)\s(?:was|were|did|has|have|"
    r"is)(?!\s?(?:not|n't))(?![a-z']))"
    r"|(?P<no>(?:no|nope|none|never|neither|not)(?![a-z])|(?:it|they|he|she)\s(?:was|were|did|has|have|"
    r"is)\s?(?:not|n't)))"
)


def answered_behind(low: str, end: int) -> tuple[bool, int, int] | None:
    """The answer to a question that the text itself puts ("... biopsied? It was, in June"), with its offsets."""
    question = _REST_OF_QUESTION.match(low, end)
    said = _SAID.match(low, question.end()) if question else None
    return None if said is None else (said["yes"] is not None, *said.span())


_INFLECTED = re.compile(r"(?:izing|ized|ically|ical|ies|y|x|geal)$")
_compiled: dict[tuple[int, str, str], Terms] = {}
_prepared: set[int] = set()


def _family(word: str) -> str:
    """What a word shares with its inflections, so that "keratinizng" need not be told from "keratinized"."""
    return _INFLECTED.sub("", word) or word


def prepare(lexicon: Mapping[str, Any]) -> None:
    """Teach the speller the long words of this lexicon; done once per lexicon."""
    if id(lexicon) in _prepared:
        return
    _prepared.add(id(lexicon))
    drugs = lexicon["drugs"]
    restored = [*listed(lexicon["histology"]["spelling"]["restore"]), *listed(drugs["spelling"]["restore"])]
    written: dict[str, str] = {word: _family(word) for word in restored}
    exact = set(listed(drugs["spelling"]["exact"]))
    for section in ("chemotherapy", "immunotherapy", "targeted", "other_drugs", "unlisted"):
        for name, spellings in drugs[section].items():
            for word in (str(name), *listed(spellings)):
                if word not in exact:
                    written[word] = word if section in ("other_drugs", "unlisted") else str(name)
    vocabulary = {even_out(word): meaning for word, meaning in written.items() if word.isascii() and word.isalpha()}
    neighbours = {even_out(word) for word in listed(lexicon["histology"]["spelling"]["leave_alone"])}
    inflected = (lexicon["histology"]["spelling"]["inflections"], drugs["spelling"]["inflections"])
    inflections = {even_out(word) for words in inflected for word in listed(words)}
    fuzzy.install(vocabulary, neighbours, inflections)
    tokens.cache_clear()
    _places.cache_clear()


def compiled(lexicon: Mapping[str, Any], file: str, section: str) -> Terms:
    """The terms of one section of one lexicon file, built on first use."""
    key = (id(lexicon), file, section)
    if key not in _compiled:
        prepare(lexicon)
        _compiled[key] = Terms(lexicon[file][section])
    return _compiled[key]
