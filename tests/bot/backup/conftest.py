"""Backups made and opened quickly."""

import pytest

from bot.backup import sealing


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs a thousandth: these tests try many, and guess none."""
    monkeypatch.setattr(sealing, "COST", 2**6)
