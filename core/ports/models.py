"""What asking a model needs from outside: keys of providers, and days that phrases name."""

from datetime import date, datetime
from typing import Protocol


class Keys(Protocol):
    """Where a provider's key comes from: the encrypted store, or the environment."""

    async def find(self, provider: str, base_url: str = "") -> str | None:
        """The key of a provider such as `openai`, None where there is none. Raises AnalystFailed.

        With a `base_url` that of the server there: a provider's own key is never sent elsewhere.
        """
        ...


class Days(Protocol):
    """Reads the day a phrase means without a model."""

    def find(self, phrase: str, said_at: datetime, timezone: str) -> date | None:
        """The day, by when the phrase was said and in which time zone; None where it names none."""
        ...
