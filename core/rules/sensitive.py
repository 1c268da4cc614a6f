"""What is withheld: pay, health, hiring, dismissal, quarrels, judgements of people, credentials."""

from core.domain.masking import has_secret
from core.rules.cues import Cue, says, straight


def is_sensitive(text: str) -> bool:
    """Whether a text holds what must not be repeated, in English, Russian or Ukrainian."""
    plain = straight(text)
    return has_secret(plain) or says(Cue.SENSITIVE, plain)
