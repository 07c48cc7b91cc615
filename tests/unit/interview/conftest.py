"""A conversation without Rasa: messages as they would have been understood, answers as they would be said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.interview.record import Doubt, Heard, HeardFact, Record, Utterance
from bot.interview.scene import Scene
from bot.interview.turn import respond
from bot.interview.wording import wording
from bot.protocol import load_protocol

TODAY = date(2026, 11, 22)
EVERYTHING: dict[str, Any] = {
    "age_years": 46, "sex": "male", "icf_signed": True, "willing": True, "able": True,
    "metastasis_timing": "de_novo", "chemo_agents": ["cisplatin", "gemcitabine"], "io_agents": ["toripalimab"],
    "therapy_adequate": True, "response": "PR", "primary_site": "nasopharynx",
    "histology": "nonkeratinizing_undifferentiated", "confirmation": "histology", "metastasis_on_imaging": True,
    "m_category": "M1", "metastatic_lesion_count": 5, "ecog": 1, "partner_childbearing_potential": False,
}  # fmt: skip
"""A male candidate who meets every inclusion criterion."""


class Talk:
    """Keeps the record between messages."""

    def __init__(self, **settings: Any) -> None:
        self.scene = Scene(load_protocol("nct07188584", settings=settings), TODAY, wording())
        self.record = Record(self.scene.protocol.id)
        self.said: tuple[Utterance, ...] = ()

    def say(
        self,
        text: str,
        intent: str = "inform",
        *,
        corrected: bool = False,
        doubts: tuple[Doubt, ...] = (),
        **facts: Any,
    ) -> str:
        """Say something that was understood as this intent with these facts; everything said in reply."""
        heard = {name: HeardFact(value, text, corrected) for name, value in facts.items()}
        message = Heard(text, intent, heard, doubts, self.record.asked_for)
        self.record, self.said = respond(self.record, message, self.scene)
        return "\n".join(u.text for u in self.said)

    def payload(self, kind: str) -> dict[str, Any] | None:
        """The last payload of a type, if one was sent."""
        found = [dict(u.custom) for u in self.said if u.custom is not None and u.custom["type"] == kind]
        return found[-1] if found else None

    @property
    def asked(self) -> str:
        """The fact that is open now, or the kind of question where it is none; "" for nothing."""
        return self.record.asked_for or ""


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest.fixture
def everything() -> dict[str, Any]:
    return dict(EVERYTHING)
