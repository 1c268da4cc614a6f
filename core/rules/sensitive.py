"""What is withheld: pay, health, hiring, dismissal, quarrels, judgements of people, credentials."""

import re

from core.rules.cues import Cue, says, straight

# Shapes of secrets as their issuers publish them: AWS key ids, GitHub, Slack, OpenAI-like and Telegram bot
# tokens, JWTs and PEM keys (https://docs.github.com/code-security/secret-scanning, patterns).
_SECRET = re.compile(
    r"\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|\bgithub_pat_\w{20,}|\bxox[abpr]-[\w-]{10,}|\bsk-[\w-]{16,}"
    r"|\b\d{8,10}:[\w-]{35}\b|\beyJ[\w-]{10,}\.[\w-]{10,}\.|-----BEGIN [A-Z ]*PRIVATE KEY"
)
# A credential told in words: the word, then something that looks like one.
_TOLD = re.compile(
    r"(?:password|passphrase|passwd|pwd|api[ _-]?key|secret|token|pin(?: code)?|парол[ьяе]|пін|пин|токен)"
    r"(?:\s+\w+){0,3}?\s*(?:is|=|:|-|это|це)\s*[\"'«]?(?=\S*[\d!@#$%^&*_])[^\s,;]{4,}"
    # A login with what opens it, and a PIN told without a sign between.
    r"|(?:pass|password|парол[ья])\s+(?=\S*\d)(?=\S*[a-z])[^\s,;]{6,}"
    r"|(?:pin|пин|пін)[ -]?(?:code|код)?\s+\d{4,6}\b",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<![\d.:/-])\d(?:[ -]?\d){12,18}(?![\d.:/-])")


def is_sensitive(text: str) -> bool:
    """Whether a text holds what must not be repeated, in English, Russian or Ukrainian."""
    plain = straight(text)
    return (
        _SECRET.search(plain) is not None
        or _TOLD.search(plain) is not None
        or any(_is_card_number(found.group()) for found in _CARD.finditer(plain))
        or says(Cue.SENSITIVE, plain)
    )


def _is_card_number(text: str) -> bool:
    """Luhn's check (ISO/IEC 7812-1, annex B)."""
    digits = [int(char) for char in text if char.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
