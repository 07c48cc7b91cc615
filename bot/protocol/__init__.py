"""The protocol as data: frozen dataclasses and the loader that checks everything at the door."""

from bot.protocol.derived import TODAY
from bot.protocol.loader import PROTOCOLS, load_protocol, protocol_ids
from bot.protocol.model import (
    Condition,
    ContradictionRow,
    Criterion,
    Derived,
    Every,
    Fixed,
    Get,
    Note,
    Part,
    Protocol,
    RemedyText,
    Row,
    Setting,
    Slot,
    Some,
    Test,
    Text,
    Until,
    Wordings,
)
from bot.protocol.settings import SettingError

__all__ = [
    "PROTOCOLS",
    "TODAY",
    "Condition",
    "ContradictionRow",
    "Criterion",
    "Derived",
    "Every",
    "Fixed",
    "Get",
    "Note",
    "Part",
    "Protocol",
    "RemedyText",
    "Row",
    "Setting",
    "SettingError",
    "Slot",
    "Some",
    "Test",
    "Text",
    "Until",
    "Wordings",
    "load_protocol",
    "protocol_ids",
]
