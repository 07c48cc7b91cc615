"""Eligibility, pure: evaluate, verdict, next question, what would change it, how long it holds."""

from bot.eligibility.evaluation import evaluate
from bot.eligibility.logic import Status
from bot.eligibility.prospects import Change, Expiry, holds_until, what_would_change
from bot.eligibility.questions import next_facts
from bot.eligibility.verdict import Contradiction, Finding, PartFinding, Remedy, Verdict

__all__ = [
    "Change",
    "Contradiction",
    "Expiry",
    "Finding",
    "PartFinding",
    "Remedy",
    "Status",
    "Verdict",
    "evaluate",
    "holds_until",
    "next_facts",
    "what_would_change",
]
