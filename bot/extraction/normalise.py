"""Characters made plain, one for one, and cut into words; every offset stays an offset in the original text.

The tokeniser knows no language-specific exceptions: a word is a run of letters, a run of digits, one Chinese,
Japanese or Korean character, or one other sign. "cT3N2M1" is cut as c-T... only by the finders that know it.
"""

from __future__ import annotations

import re
import unicodedata

from spacy.tokens import Doc
from spacy.vocab import Vocab

_PLAIN = {
    **dict.fromkeys("‐‑‒–—―−﹣－⁃", "-"),
    **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "),
    **dict.fromkeys("\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", " "),
    **dict.fromkeys("‘’‛ʼ`´′", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("\r\u2028\u2029\u0085\x0b\x0c", "\n"),
    "。": ".", "、": ",", "→": ">", "➔": ">", "➜": ">", "⇒": ">", "×": "x", "✕": "x", "✖": "x",
    "≦": "≤", "≧": "≥",
    "|": ":", "\t": " ", "⩽": "≤", "⩾": "≥", "∼": "~", "〜": "~", "～": "~", "≈": "~",
    "Ⅰ": "I", "Ⅴ": "V", "\x00": " ",
}  # fmt: skip

_WORD = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W\d_\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+|\d+|\S|\s"
)


def _plain_character(character: str) -> str:
    """The plain form of one character, itself one character long."""
    if "\ud800" <= character <= "\udfff":  # half of a pair: no word of any language, and spaCy cannot store it
        return "\ufffd"
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) == 1 and not "\u2e80" <= character <= "\u2fdf":
        return _PLAIN.get(folded, folded)
    return character


class _Table(dict[int, str]):
    """Translation table that fills itself with the characters it meets."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = _PLAIN.get(character) or (character if code < 128 else _plain_character(character))
        if len(self) < 100_000:
            self[code] = plain
        return plain


_TABLE = _Table()


def normalise(text: str) -> str:
    """The text with full-width letters, odd dashes, quotes and spaces made plain; exactly as long as it was."""
    return text.translate(_TABLE)


def lower(text: str) -> str:
    """Lower case of the same length (a few capitals, such as dotted I, would grow)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Tokeniser:
    """Callable that spaCy uses as ``nlp.tokenizer``: text to Doc, nothing lost, nothing added."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for word in _WORD.findall(text):
            if word == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(word)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)
