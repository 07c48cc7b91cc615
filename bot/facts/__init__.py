"""What can be known of a candidate: concepts, plausibility, dates, and knowing something only in part.

Standard library only. A fact that is not known is None; zero and False are values.
"""

from bot.facts.concept import KINDS, Concept
from bot.facts.dates import completed_years, completed_years_february, iso_date, plus_days, plus_years
from bot.facts.partial import Between, NotKnown
from bot.facts.plausible import Implausible, plausible

__all__ = [
    "KINDS",
    "Between",
    "Concept",
    "Implausible",
    "NotKnown",
    "completed_years",
    "completed_years_february",
    "iso_date",
    "plausible",
    "plus_days",
    "plus_years",
]
