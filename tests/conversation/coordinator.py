"""A simulated coordinator: answers from a hidden record, in varied words, with interruptions and corrections.

It sees only what a program sees of the chat (the payloads) and notes everything that a good interviewer would
not do. Every choice comes from one seed. What it has told at the end is the truth that the result is held to.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.conversation.chat import TODAY, Payload, Reply
from tests.conversation.interview_log import (
    Interview,
    Wrong,
    another,
    equal,
    plainly,
    same_facts,
    sensible,
    title,
)
from tests.conversation.judging import can_change
from tests.conversation.speech import PHRASES, Saying, Speech, together
from tests.random_candidates import KINDS, complete_candidate

MOST_TURNS = 150
INTERRUPTS = 0.2
WRONG_FIRST = 0.35
"""Share of interviews in which one answer is first given wrong and put right later."""
SLIPS = 0.2
"""Share of typed messages with a typing error."""
EXTRAS = 0.2
"""Share of answers that go on with one or two facts nobody asked for."""
NOTES = 0.35
"""Share of interviews that begin with a pasted note of three to eight facts."""
CLOSED = frozenset({"dont_know", "skip"})
ALL_KINDS = (*KINDS, *("meets",) * 6)
FOCUS: Mapping[str, tuple[str, ...]] = {
    # What has to be volunteered for the contradiction of this kind to come up at all.
    "contradictory:age": ("age_years", "birth_date"),
    "contradictory:man_with_test": ("sex", "pregnancy_test_result"),
    "contradictory": ("m_category", "stage_group", "metastatic_lesion_count"),
    "review:targeted_drug": ("chemo_agents", "other_agents"),
}
NOT_BESIDE: Mapping[str, tuple[str, ...]] = {
    # Said right behind an answer to the first, these would seem to speak of the same thing.
    "confirmation": ("metastasis_biopsied",),
    "metastasis_on_imaging": ("metastasis_biopsied", "m_category"),
    "chemo_agents": ("other_agents",),
    "io_agents": ("other_agents",),
    "pregnancy_test_result": ("icf_date", "enrollment_date", "birth_date"),
}


@dataclass
class Coordinator:
    """One interview. `say` sends a message and gives what came back; a server is told only its text."""

    say: Callable[[Saying], Reply]
    rng: random.Random
    log: Interview
    open: Payload | None = None
    settled: set[str] = field(default_factory=set)
    """Facts that were answered and need not be asked for again."""
    skipped: set[str] = field(default_factory=set)
    wrong: Wrong | None = None
    tries: int = 0

    @classmethod
    def from_seed(cls, seed: int, say: Callable[[Saying], Reply]) -> Coordinator:
        """The coordinator and the hidden record of one seed."""
        rng = random.Random(seed)
        kind = ALL_KINDS[seed % len(ALL_KINDS)]
        record = sensible(complete_candidate(rng, kind))
        if rng.random() < 0.35:
            for fact in rng.sample(sorted(PHRASES["asked"]), rng.randint(1, 4)):
                record[fact] = None
        return cls(say, rng, Interview(kind, record))

    def __post_init__(self) -> None:
        self.speech = Speech(self.rng, self.log.record.get("sex"))
        self.corrects = self.rng.random() < WRONG_FIRST

    def run(self) -> Interview:
        """Talk until the result; a conversation that does not end is a complaint."""
        self._send(self._opening())
        while self.log.turns < MOST_TURNS:
            if self.wrong is not None and (self.log.turns >= self.wrong.due or self._hinges_on_wrong()):
                self._put_right(self.wrong)
            elif self.log.result is not None:
                return self.log
            elif self.open is None:
                self.log.complaints.append("nothing is open and there is no result")
                return self.log
            elif self.rng.random() < INTERRUPTS:
                self._send(self.speech.aside())
            else:
                self._send(self._answer(self.open))
        self.log.complaints.append(f"no result after {MOST_TURNS} turns")
        return self.log

    # --- what is said -----------------------------------------------------------------------------

    def _opening(self) -> Saying:
        facts = self._focus()
        if not facts and self.rng.random() < 0.2:
            return Saying("new candidate", "opening", intent="new_candidate")
        note = self.rng.random() < NOTES
        chunks = self._chunks(facts, self.rng.randint(*((3, 8) if note else (1, 6))))
        if not chunks:
            return Saying("new candidate", "opening", intent="new_candidate")
        if note:
            form = self.rng.choice(PHRASES["notes"])
            pasted = together(chunks, form["start"] + form["first"], form["joint"], form["end"])
            self.log.note = len(pasted.facts)
            return self._typed(pasted)
        start = self.rng.choice(("", "", "new candidate: "))
        return self._typed(together(chunks, start, self.rng.choice((", ", "; ", ", ", "\n"))))

    def _chunks(self, facts: tuple[str, ...], wanted: int) -> list[Saying]:
        """Shorthand and single phrases that state so many facts, those of `facts` among them."""
        chunks: list[Saying] = []
        pairs = self.rng.sample(PHRASES["pairs"], len(PHRASES["pairs"]))
        singles = self.rng.sample(sorted(PHRASES["volunteered"]), 12)
        found = [self.speech.pair(p, self.log.record) for p in pairs if set(p["facts"]) & set(facts)]
        found += [self.speech.volunteered(f, self.log.record.get(f)) for f in facts]
        found += [self.speech.pair(p, self.log.record) for p in pairs[:4]]
        found += [self.speech.volunteered(f, self.log.record.get(f)) for f in singles]
        for saying in found:
            said = {f for c in chunks for f in c.facts}
            if saying is not None and len(said) < max(wanted, len(facts)) and said.isdisjoint(saying.facts):
                chunks.append(saying)
        return chunks

    def _typed(self, said: Saying) -> Saying:
        """As it leaves the fingers."""
        return self.speech.slipped(said) if self.rng.random() < SLIPS else said

    def _with_extras(self, said: Saying) -> Saying:
        """The answer, now and then with facts that nobody asked for yet."""
        if self.rng.random() >= EXTRAS:
            return said
        known = {*self.log.told, *self.log.not_known, *self.settled, *said.facts, *NOT_BESIDE.get(said.fact, ())}
        open_ = [f for f in sorted(PHRASES["volunteered"]) if f not in known]
        chosen = self.rng.sample(open_, min(len(open_), self.rng.randint(1, 2)))
        extras = [self.speech.volunteered(f, self.log.record.get(f)) for f in chosen]
        return self.speech.beside(said, [e for e in extras if e is not None])

    def _focus(self) -> tuple[str, ...]:
        kind = self.log.kind
        return FOCUS.get(kind, FOCUS.get(kind.partition(":")[0], ()))

    def _answer(self, question: Payload) -> Saying:
        kind, fact, options = question["kind"], question["fact"], question["options"]
        if kind == "offer":
            return self._to_offer(options)
        if kind == "choose":
            return self._to_contradiction(question)
        right = self.log.record.get(fact)
        if right is None or fact in self.log.not_known:
            return self._dont_know(fact, options)
        if kind == "ask" and fact not in self.skipped and self.rng.random() < 0.03:
            return self.speech.simply("skip", fact)
        value = self._maybe_wrong(fact, right) if kind == "ask" else self._as_told(fact, right)
        button = title(fact, value, options)
        if button is not None and (kind == "clarify" or self.tries or self.rng.random() < 0.25):
            return Saying(button, "answer", {fact: value}, fact=fact)
        if kind == "clarify" or self.tries:
            return Saying(plainly(fact, value), "answer", {fact: value}, fact=fact)
        return self._typed(self._with_extras(self.speech.answer(fact, value)))

    def _to_offer(self, options: list[str]) -> Saying:
        finish = self.rng.random() < 0.6
        self.log.stopped = not finish
        button = options[0 if finish else 1]
        kind = "finish" if finish else "stop"
        intent = "finish_rest" if finish else "stop"
        return Saying(self.rng.choice((button, *PHRASES[kind])), "choice", fact=kind, intent=intent)

    def _to_contradiction(self, question: Payload) -> Saying:
        """Keep one of the facts, or none."""
        return Saying(self.rng.choice(question["options"]), "choice", fact="choose")

    def _drop(self, saying: Saying, question: Payload, reply: Reply) -> None:
        """After a contradiction: what the reply names as dropped is not known any more."""
        settled = reply.last("settled")
        neither = saying.text == question["options"][-1]
        for fact in settled["dropped"] if settled is not None else question["facts"] if neither else ():
            if fact in self.log.told:
                del self.log.told[fact]
                self.settled.discard(fact)
                self.log.not_known.add(fact)

    def _dont_know(self, fact: str, options: list[str]) -> Saying:
        self.log.not_known.add(fact)
        pressed = Saying(options[-1], "dont_know", fact=fact, intent="dont_know")
        return pressed if self.tries or self.rng.random() < 0.3 else self.speech.simply("dont_know", fact)

    def _maybe_wrong(self, fact: str, right: Any) -> Any:
        """Now and then the wrong value first."""
        entry = PHRASES["correction_labels"].get(fact)
        if not self.corrects or entry is None or self.wrong is not None or fact in self.log.told:
            return right
        wrong = another(self.rng, right, entry.get("values"))
        self.corrects = False
        self.wrong = Wrong(fact, wrong, right, self.log.turns + self.rng.randint(1, 4))
        return wrong

    def _as_told(self, fact: str, right: Any) -> Any:
        return self.wrong.said if self.wrong is not None and self.wrong.fact == fact else right

    def _hinges_on_wrong(self) -> bool:
        """The mistake has led to an offer, a contradiction or the result: time to notice it."""
        if self.log.result is not None:
            return True
        return self.open is not None and self.open["kind"] in ("offer", "choose")

    def _put_right(self, wrong: Wrong) -> None:
        self.wrong = None
        if self.log.told.get(wrong.fact) != wrong.said:
            return
        self.log.result = None
        reply = self._send(self._typed(self.speech.correction(wrong.fact, wrong.said, wrong.right)))
        shown = [p for p in reply.payloads if p["type"] == "correction" and p["fact"] == wrong.fact]
        if not shown or (shown[0]["old"], shown[0]["new"]) != (wrong.said, wrong.right):
            self.log.complaints.append(f"correction of {wrong.fact} not shown with old and new value")

    # --- what comes back --------------------------------------------------------------------------

    def _send(self, saying: Saying) -> Reply:
        before = self.open
        known_before = dict(self.log.told)
        self.log.told.update(saying.facts)
        reply = self.say(saying)
        self.log.turns += 1
        self.log.slips += saying.slipped
        self.log.several += len(saying.facts) > 1
        self._check_read_back(saying, reply)
        lost = self._lost(saying, reply, known_before)
        self.open = reply.question
        if reply.result is not None:
            self.log.result = reply.result
            self.open = None
        if saying.fact == "choose":
            assert before is not None
            self._drop(saying, before, reply)
        if saying.kind == "opening":
            self.log.opening = dict(self.log.told)
        if saying.kind == "aside":
            self._check_return(saying, before)
        elif saying.kind in CLOSED or saying.facts:
            self._settle(saying, known_before, lost)
        if self.open is not None and saying.kind != "aside":
            self._check_question(self.open, saying, before)
        return reply

    def _settle(self, saying: Saying, known_before: Mapping[str, Any], lost: set[str]) -> None:
        if saying.kind == "skip" and saying.fact not in self.skipped:
            self.skipped.add(saying.fact)
            return
        now = self.open
        if now is not None and saying.fact and now["fact"] == saying.fact and now["kind"] != "choose":
            what = "doubted" if now["kind"] == "clarify" else "not understood"
            self.log.not_understood.append(f"{what}: {saying.fact} asked, {saying.text!r}")
            self.tries += 1
            if saying.fact not in known_before:
                self.log.told.pop(saying.fact, None)
            return
        self.tries = 0
        self.settled |= {saying.fact, *saying.facts} - {"", *lost}

    def _check_read_back(self, saying: Saying, reply: Reply) -> None:
        for payload in reply.payloads:
            if payload["type"] == "read_back":
                read = payload["facts"]
            elif payload["type"] == "correction":
                read = {payload["fact"]: payload["new"]}
            else:
                continue
            for fact, value in read.items():
                self._check_read(fact, value, saying)

    def _lost(self, saying: Saying, reply: Reply, known_before: Mapping[str, Any]) -> set[str]:
        """What was not read was not told, and counts as an answer to be given again: all that stands in a message with

        a typing error, otherwise only the answer to the open question. (A fact that was volunteered in plain words and
        is asked for again is a complaint.)
        """
        read = {f for p in reply.payloads if p["type"] == "read_back" for f in (*p["facts"], *p["unclear"])}
        read |= {p["fact"] for p in reply.payloads if p["type"] == "correction" or p.get("kind") == "clarify"}
        due = saying.facts.keys() if saying.slipped else {saying.fact} & saying.facts.keys()
        lost = due - read - known_before.keys()
        for fact in sorted(lost):
            why = "mistyped" if saying.slipped else "not read"
            self.log.not_understood.append(f"{why}: {fact} in {saying.text!r}")
            self.log.told.pop(fact, None)
        return lost

    def _check_read(self, fact: str, value: Any, saying: Saying) -> None:
        if fact in saying.facts:
            if not equal(saying.facts[fact], value):
                wanted = saying.facts[fact]
                self.log.complaints.append(f"misread: {saying.text!r} {fact} is {wanted!r}, read {value!r}")
        elif fact in saying.entails and self.log.record.get(fact) in (None, value):
            self.log.told[fact] = value
            self.settled.add(fact)
        elif saying.kind != "choice":
            self.log.complaints.append(f"invented: {saying.text!r} says nothing of {fact}, read {value!r}")

    def _check_return(self, saying: Saying, before: Payload | None) -> None:
        expected = (before["kind"], before["fact"]) if before is not None else None
        got = (self.open["kind"], self.open["fact"]) if self.open is not None else None
        if self.log.result is None and expected != got:
            self.log.complaints.append(f"place lost: after {saying.text!r} open is {got}, was {expected}")
            self.open = self.open or before

    def _check_question(self, question: Payload, saying: Saying, before: Payload | None) -> None:
        if question["kind"] != "ask":
            self.log.others += before is None or before["kind"] != question["kind"]
            if question["kind"] == "clarify" and saying.kind in ("opening", "correction"):
                self.log.not_understood.append(f"doubted: {question['fact']} in {saying.text!r}")
            return
        fact = question["fact"]
        if fact in self.settled:
            self.log.complaints.append(f"asked again for {fact}, after {saying.text!r}")
            return
        if fact not in self.log.asked:
            self.log.asked.append(fact)
            gone = {f for f in self.log.not_known if f not in self.log.told}
            if not can_change(fact, self.log.told, gone):
                self.log.needless.append(f"{fact} asked for, with {self.log.told}")


__all__ = ["TODAY", "Coordinator", "Interview", "same_facts", "title"]
