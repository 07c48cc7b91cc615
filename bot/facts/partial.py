"""What follows from facts when some of them are missing: not known at all, or known to lie within limits.

Named tuples, because findings are remembered by them: they are looked up quickly.
"""

from __future__ import annotations

from typing import NamedTuple


class NotKnown(NamedTuple):
    """A derived fact that cannot be worked out. missing: the facts to ask for, best first."""

    missing: tuple[str, ...]


class Between(NamedTuple):
    """A whole number known only to lie within limits, both included; high None means without upper limit.

    missing: the facts that would settle it. Example: one of three drugs is not recognised, so the regimen
    holds two or three cytotoxics.
    """

    low: int
    high: int | None
    missing: tuple[str, ...]
