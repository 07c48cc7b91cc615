"""Where English notes end a sentence, and where the reach of a negation or of a relative may end inside one."""

from __future__ import annotations

import re

from bot.extraction.quick import quick

# A full stop ends a sentence unless it stands in a number, an initial or one of these shortenings.
_SHORT = {
    "dr", "mr", "mrs", "ms", "prof", "approx", "no", "st", "vs", "resp", "ca", "e.g", "i.e", "eg", "ie", "cf", "fig",
    "p.s", "p", "s", "q", "w", "h", "o", "u", "y", "i", "d.o.b", "y.o", "yo", "d.o", "d", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "incl", "esp", "temp", "wt", "ht", "pts", "quant", "qual", "diff", "undiff", "neg",
}  # fmt: skip
_END = quick(r"[.!?](?=[\s\"')\]]|$)|[!?](?=\S)|\n|(?<=[\u2e80-\u9fff])\.|;")
_BREAK = quick(
    r";|,(?!\d{3}\b)|:|[()\[\]]|\s-+\s|\n|\b(?:but|however|although|though|whereas|while|except|and|"
    r"then|with|"
    r"who(?!\s?(?:ps|type|grade|performance|class|i{1,3}|[0-4])\b)|which|because|since|after|now|currently|today)\b|但",
    re.IGNORECASE,
)
_KINDS = {";": "semicolon", ",": "comma", ":": "colon", "(": "bracket", ")": "bracket", "[": "bracket", "]": "bracket",
          "\n": "sentence", "and": "and"}  # fmt: skip
_SOFT = {"then", "with", "who", "which", "because", "since", "after", "now", "currently", "today"}


def _is_shortening(text: str, stop: int) -> bool:
    """Whether the full stop at this offset belongs to the word before it."""
    begin = max(text.rfind(" ", max(0, stop - 12), stop), text.rfind("\n", max(0, stop - 12), stop)) + 1
    word = text[begin:stop].lower().strip("(")
    after = text[stop + 1 : stop + 3].strip()
    if word in {"no", "neg", "ca", "mar", "dec", "may", "sep", "p", "s", "d"} and not (after and after[0].isdigit()):
        return word in {"p", "ca", "neg"} and bool(after) and after[0].islower()
    return word in _SHORT and bool(after) and not (after[0].isupper() and len(word) > 4 and word != "d.o.b")


LONGEST = 500  # characters; longer "sentences" are pasted columns or noise, and are cut so that work stays linear


def sentences(text: str) -> list[tuple[int, int]]:
    """Character spans of the sentences and lines of a text, without the sign that ends them except "?"."""
    return [piece for span in _whole_sentences(text) for piece in _cut(text, *span)]


def _cut(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The span, in pieces of at most LONGEST characters cut at a blank."""
    pieces = []
    while end - begin > LONGEST:
        blank = text.rfind(" ", begin + LONGEST // 2, begin + LONGEST)
        stop = blank if blank > 0 else begin + LONGEST
        pieces.append((begin, stop))
        begin = stop
    return [*pieces, (begin, end)]


def _whole_sentences(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in _END.finditer(text):
        at = match.start()
        sign = text[at]
        if sign == "." and _is_shortening(text, at):
            continue
        end = at + 1 if sign == "?" else at
        if text[begin:end].strip():
            spans.append((begin, end))
        begin = at + 1
    if text[begin:].strip():
        spans.append((begin, len(text)))
    return spans


def breaks(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, str]]:
    """Sorted (offset, kind) of everything that may end the reach of a cue."""
    found = [(end, "sentence") for _, end in spans]
    for match in _BREAK.finditer(text):
        word = match.group().strip().lower()
        kind = _KINDS.get(word) or ("dash" if word.startswith("-") else "soft" if word in _SOFT else "but")
        found.append((match.start(), kind))
    found.sort()
    return found
