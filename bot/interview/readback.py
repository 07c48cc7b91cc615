"""Saying what was taken in: facts with their words, corrections with what they move.

A read-back has a line for each group of facts and no more, so that it stays short by design however much is pasted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bot.eligibility import Verdict
from bot.interview.clauses import Clause
from bot.interview.record import Heard, HeardFact, Record, Utterance
from bot.interview.scene import Scene, tell
from bot.interview.wording import sentence_case

LONGEST_QUOTE = 60
"""Characters of a quote; a longer one is shown by its beginning and its end. Programs get the whole of it."""
_BETWEEN = re.compile(r"[^\w\n]{0,4}\w?")
"""What may stand between two quotes that are shown as one."""

_AROUND = 28
_PHRASE_BEFORE = re.compile(r"(?<!\w)\w[^.,;:|()\n]*$")
_PHRASE_AFTER = re.compile(r"[^.,;:|()\n]*\w(?!\w)")
"""Whole words of the same phrase before and behind a word, so many characters of them."""
_BRACKET = 30
"""Characters before a quote among which the bracket that it closes is sought."""


@dataclass(frozen=True)
class Span:
    """Words of a message: their text, and where they begin, if that is known."""

    text: str
    start: int | None = None

    @property
    def end(self) -> int:
        return (self.start or 0) + len(self.text)


def telling(heard: Heard) -> Heard:
    """The message with quotes that tell why: a yes or no that rests on one word is shown with the words around it.

    "can" says nothing by itself; "he can come to all visits" does.
    """
    return replace(heard, facts={name: _telling(fact, heard.text) for name, fact in heard.facts.items()})


def _telling(fact: HeardFact, text: str) -> HeardFact:
    placed = fact.start is not None and text.startswith(fact.quote, fact.start)
    if not isinstance(fact.value, bool) or not placed or not fact.quote.isalpha() or fact.start is None:
        return fact
    end = fact.start + len(fact.quote)
    before = _PHRASE_BEFORE.search(text, max(0, fact.start - _AROUND), fact.start)
    after = _PHRASE_AFTER.match(text, end, end + _AROUND)
    start = before.start() if before is not None else fact.start
    end = after.end() if after is not None else end
    return replace(fact, quote=text[start:end], start=start)


def read_back(fresh: list[str], same: list[str], unclear: list[str], heard: Heard, scene: Scene) -> list[Utterance]:
    """New facts with the words they came from, and what is still unclear; where nothing is new, what was known already.

    fresh, same, unclear: names of facts; the last are those that the message leaves in doubt.
    """
    words = scene.words
    if not fresh:
        facts = [c.text for line in words.clauses.of({f: heard.facts[f].value for f in same}) for c in line]
        return [tell(scene, "noted_same", fact=words.listed(facts))] if facts else []
    custom = {
        "type": "read_back",
        "facts": {f: heard.facts[f].value for f in fresh},
        "evidence": {f: heard.facts[f].quote for f in fresh},
        "unclear": unclear,
    }
    clauses = words.clauses.of({f: heard.facts[f].value for f in fresh})
    lines = [_line(group, heard) for group in clauses]
    if len(lines) == 1:
        said = [words.say("noted", facts=lines[0])]
    else:
        said = [words.say("noted_many"), *(words.say("noted_line", facts=sentence_case(line)) for line in lines)]
    if len(unclear) > 1:
        said.append(words.say("noted_unclear", nouns=words.listed(words.noun(f) for f in unclear)))
    return [Utterance("\n".join(said), custom=custom)]


def _line(clauses: list[Clause], heard: Heard) -> str:
    """Clauses in a row; neighbours that rest on the same stretch of words share its quote."""
    pieces: list[tuple[list[str], list[Span]]] = []
    for clause in clauses:
        spans = _merged((_span(heard.facts[f], heard.text) for f in clause.facts), heard.text)
        joint = _merged((*pieces[-1][1], *spans), heard.text) if pieces else []
        if len(joint) == 1 and len(joint[0].text) <= LONGEST_QUOTE:
            pieces[-1] = ([*pieces[-1][0], clause.text], joint)
        else:
            pieces.append(([clause.text], spans))
    return "; ".join(with_quotes(", ".join(texts), spans, heard.text) for texts, spans in pieces)


def _span(fact: HeardFact, text: str) -> Span:
    placed = fact.start is not None and text.startswith(fact.quote, fact.start)
    return Span(fact.quote, fact.start if placed else None)


def _merged(spans: Iterable[Span], text: str) -> list[Span]:
    """Overlapping and neighbouring spans as one, in the order of the text; each wording once."""
    merged: list[Span] = []
    for span in sorted({s for s in spans if s.text}, key=lambda s: (s.start or 0, -len(s.text))):
        last = merged[-1] if merged else None
        if last is None or last.start is None or span.start is None:
            merged.append(span)
            continue
        if span.start <= last.end or _BETWEEN.fullmatch(text, last.end, span.start):
            merged[-1] = Span(text[last.start : max(last.end, span.end)], last.start)
        else:
            merged.append(span)
    return list({_plain(s.text): s for s in reversed(merged)}.values())[::-1]


def with_quotes(said: str, spans: Iterable[Span], message: str) -> str:
    """A statement with the words that it rests on, unless it repeats them or they are the whole message."""
    told = [s for s in spans if _plain(s.text) != _plain(message) and not _repeats(said, s.text)]
    quotes = [_whole(s, message) for s in told]
    return f"{said} ({', '.join(f'“{_shortened(q)}”' for q in quotes)})" if quotes else said


def _whole(span: Span, message: str) -> str:
    """The quote, with the other half of a bracket that it cuts in two."""
    if span.start is None:
        return span.text
    start, end = span.start, span.end
    if span.text.count("(") > span.text.count(")") and message[end : end + 1] == ")":
        end += 1
    if span.text.count(")") > span.text.count("("):
        opened = message.rfind("(", max(0, start - _BRACKET), start)
        start = opened if opened >= 0 else start
    return message[start:end]


def _repeats(said: str, quote: str) -> bool:
    return f" {_words(quote)} " in f" {_words(said)} "


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _shortened(quote: str) -> str:
    """A quote on one line, its middle left out where it is long."""
    quote = " ".join(quote.split()).strip(" .,;:")
    if len(quote) <= LONGEST_QUOTE:
        return quote
    head, tail = quote[: LONGEST_QUOTE * 2 // 3], quote[-LONGEST_QUOTE // 3 :]
    return f"{head.rpartition(' ')[0] or head} … {tail.partition(' ')[2] or tail}"


def with_quote(text: str, quote: str) -> str:
    """A statement with its words, unless it repeats them."""
    return with_quotes(text, [Span(quote)] if quote else [], "")


def changed(fact: str, old: Any, record: Record, before: Verdict, scene: Scene) -> Utterance:
    """Old value, new value, and which verdicts that moves."""
    words, new = scene.words, record.answers[fact].value
    noun = words.noun(fact)
    sentence = words.say(
        "changed", noun=noun[:1].upper() + noun[1:], old=words.value(fact, old), new=words.value(fact, new)
    )
    lines = [sentence, *(moved(before, scene.judge(record), scene) or [words.say("changed_no_status")])]
    return Utterance("\n".join(lines), custom={"type": "correction", "fact": fact, "old": old, "new": new})


def moved(before: Verdict, after: Verdict, scene: Scene) -> list[str]:
    """A line for each criterion whose status differs between two verdicts."""
    say, lines = scene.words.say, []
    for old, new in zip(before.findings, after.findings, strict=True):
        if old.status is not new.status:
            criterion = scene.protocol.criterion(new.id)
            lines.append(
                say(
                    "changed_status",
                    number=criterion.number,
                    label=criterion.label,
                    before=say(f"status_{old.status.value}"),
                    after=say(f"status_{new.status.value}"),
                )
            )
    return lines
