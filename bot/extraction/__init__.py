"""Words to facts: spaCy for tokens, sentences and cues; one module per concept finds values; qualifiers
stand apart.

``reader("en").read(text, asked, reference_date)`` is the room's only door; spaCy is loaded when it is first
opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.extraction.outcome import Ask, Evidence, Reading
    from bot.extraction.reading import FactReader, reader

__all__ = ["Ask", "Evidence", "FactReader", "Reading", "reader"]


def __getattr__(name: str) -> Any:
    """Import the reader, and with it spaCy, only when it is asked for."""
    if name in __all__:
        from bot.extraction import outcome, reading

        return getattr(reading if hasattr(reading, name) else outcome, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
