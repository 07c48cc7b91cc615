"""Thirty messages as staff write them: what is read out of each, and what the criteria then say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.eligibility import evaluate
from bot.evaluate import Score, score_line
from bot.extraction import reader
from bot.protocol import load_protocol
from tests.extraction.scoring import lines_of

MESSAGES = lines_of("messages")
CHECKS = [(line, check) for line in MESSAGES for check in line["checks"]]


def _read(line: dict[str, Any]) -> dict[str, Any]:
    day = date.fromisoformat(line["reference_date"])
    output: dict[str, Any] = reader().read(line["text"], asked=None, reference_date=day).to_dict()
    return output


@pytest.mark.parametrize("line", MESSAGES, ids=[line["id"] for line in MESSAGES])
def test_the_message_is_read_as_a_clinician_would(line: dict[str, Any]) -> None:
    score = Score()
    score_line(score, line, _read(line))
    assert [(d.kind, d.fact, d.expected, d.given) for d in score.disagreements] == [], line["text"]


@pytest.mark.parametrize(
    ("line", "check"), CHECKS, ids=[f"{line['id']}-{c['criterion']}-{c['status']}" for line, c in CHECKS]
)
def test_the_criterion_says_what_the_table_says(line: dict[str, Any], check: dict[str, Any]) -> None:
    """`given` are answers from the rest of the interview, where the message alone cannot decide."""
    facts = {**_read(line)["facts"], **check["given"]}
    verdict = evaluate(load_protocol(), facts, date.fromisoformat(line["reference_date"]))
    assert verdict.finding(check["criterion"]).status.value == check["status"], (line["text"], facts)
