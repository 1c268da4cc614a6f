"""Questions people put to what the team knows."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Question:
    """What is asked, without the day it is asked as of (None: what holds now)."""

    text: str
    as_of: date | None = None
