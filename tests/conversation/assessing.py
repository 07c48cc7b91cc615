"""What is right and wrong about a finished interview, and the figures of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import mean

from tests.conversation.chat import TODAY
from tests.conversation.coordinator import Interview, same_facts
from tests.conversation.judging import least_questions
from tests.second_opinion import CRITERIA, second_opinion

LESS_GRAVE = ("facts of the result", "invented:", "asked again")
"""A fact said in passing that was missed; words run together that can be read otherwise; a question once more."""
MOST_WITH_A_COMPLAINT = 0.04
"""Share of interviews with any complaint, typing errors and pasted notes included; none may be grave."""


@dataclass
class Held:
    """One finished interview."""

    seed: int
    log: Interview
    lines: list[str] = field(default_factory=list)

    def grave_complaints(self) -> list[str]:
        """What a user could not live with: a wrong verdict, an answer misread, no result."""
        less = (*LESS_GRAVE, *self.log.needless)
        return [complaint for complaint in self.complaints() if not complaint.startswith(less)]

    def complaints(self) -> list[str]:
        """Everything wrong with it: what the coordinator noted, and what the result gets wrong."""
        return [*self.log.complaints, *self.log.needless, *_result_complaints(self.log)]


def _result_complaints(log: Interview) -> list[str]:
    result = log.result
    if result is None:
        return ["no result"]
    expected = second_opinion(log.told, date.fromisoformat(TODAY), {})
    wrong = []
    if result["decision"] != expected["decision"]:
        wrong.append(f"decision {result['decision']}, should be {expected['decision']}")
    if tuple(c["id"] for c in result["criteria"]) != CRITERIA:
        wrong.append("criteria missing or out of order")
    for entry in result["criteria"]:
        should = expected["criteria"][entry["id"]]
        early = entry["status"] == "not_assessed" and should == "unknown" and log.stopped
        if entry["status"] != should and not early:
            wrong.append(f"{entry['id']} is {entry['status']}, should be {should}")
    if not same_facts(log.told, result["facts"]):
        wrong.append(f"facts of the result {result['facts']} are not those told {log.told}")
    return wrong


def least(log: Interview) -> int:
    """The fewest questions that could have done (defined in `judging.least_questions`)."""
    truth = {k: v for k, v in {**log.record, **log.told}.items() if k not in log.not_known or k in log.told}
    return least_questions(log.opening, truth, log.asked, stopped=log.stopped)


def report(held: Sequence[Held]) -> str:
    """The figures of many interviews, in sentences."""
    asked, fewest = [len(h.log.asked) for h in held], [least(h.log) for h in held]
    finished = [i for i, h in enumerate(held) if not h.log.stopped]
    turns = sum(h.log.turns for h in held)
    unclear = sum(len(h.log.not_understood) for h in held)
    return "\n".join(
        (
            f"{len(held)} interviews, {turns} turns, {sum(map(spotless, held))} without a complaint",
            f"questions for a fact: mean {mean(asked):.2f}; the least possible {mean(fewest):.2f}",
            f"  of {len(finished)} taken to the end: mean {mean(asked[i] for i in finished):.2f};"
            f" the least possible {mean(fewest[i] for i in finished):.2f}",
            f"doubts, contradictions and offers put: mean {mean(h.log.others for h in held):.2f}",
            f"messages with a typing error: {sum(h.log.slips for h in held) / turns:.0%}; with several facts:"
            f" {sum(h.log.several for h in held) / turns:.0%}; interviews that began with a note:"
            f" {sum(h.log.note > 0 for h in held) / len(held):.0%}",
            f"answers to be given twice: {unclear} ({unclear / turns:.1%} of the turns)",
        )
    )


def spotless(held: Held) -> bool:
    """Nothing at all was wrong with it."""
    return not held.complaints()


def shown(held: Sequence[Held], complaints: Sequence[Sequence[str]]) -> str:
    """The complaints of all interviews, and the first three of those interviews whole."""
    bad = [(h, c) for h, c in zip(held, complaints, strict=True) if c]
    lines = [f"{len(bad)} of {len(held)} interviews"]
    lines += [f"seed {h.seed} ({h.log.kind}): {text}" for h, c in bad for text in c]
    lines += ["\n".join((f"--- seed {h.seed}", *h.lines)) for h, _ in bad[:3]]
    return "\n".join(lines)
