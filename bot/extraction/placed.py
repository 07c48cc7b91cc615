"""A message written anew, with the way back to the places that its characters had."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """text: the message as it is read. places: for every character of it the offset in the message as sent."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the message as sent of a span in this text."""
        return self.places[start], self.places[max(start, end - 1)] + 1


@dataclass(frozen=True, slots=True)
class Reworded(Placed):
    """A correction ("PR, not CR") told plainly. regions: what is corrected, in the original's offsets."""

    regions: tuple[tuple[int, int], ...]

    def corrected(self, start: int, end: int) -> bool:
        """Whether the words at these offsets of the original carry a corrected value."""
        return any(a < end and start < b for a, b in self.regions)
