"""What must not leave: keys, tokens and cards for good; e-mail addresses and phones until they return.

What it misses and where it is wrong on real chats stands in DECISIONS/0012.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from itertools import chain, count
from typing import Any, TypeVar, cast

T = TypeVar("T")

HIDDEN = "•••"
"""What stands for a secret, everywhere."""
_SECRETS = (
    # Shapes as their issuers publish them, https://docs.github.com/code-security/secret-scanning, patterns:
    # AWS key ids, GitHub, GitLab, Slack, OpenAI-like, Stripe, Google, npm, PyPI, Hugging Face, SendGrid,
    # Telegram bots, JWTs and PEM keys.
    re.compile(
        r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}"
        r"|\bxox[abeoprs]-[\w-]{10,}|\bsk-[\w-]{16,}|\b[rs]k_(?:live|test)_\w{16,}|\bAIza[\w-]{35}"
        r"|\bnpm_\w{36}|\bpypi-[\w-]{20,}|\bhf_\w{30,}|\bSG\.[\w-]{16,}\.[\w-]{16,}"
        r"|\b\d{8,10}:[\w-]{35}|\beyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]*)?"
        r"|-----BEGIN [A-Z ]*PRIVATE KEY(?:.*?-----END [A-Z ]*PRIVATE KEY-----|.*)",
        re.DOTALL,
    ),
    # Told in words: the word, then something that looks like one.
    re.compile(
        r"(?:password|passphrase|passwd|pwd|api[ _-]?key|secret|token|bearer|pin(?: code)?|парол[ьяе]"
        r"|пін|пин|токен)(?:\s+\w+){0,3}?\s*(?:is|=|:|-|это|це)\s*[\"'«“]?(?!https?:|[:<{$])"
        r"(?=\S*[\d!@#$%^&*_])(?P<told>[^\s,;]{4,})",
        re.IGNORECASE,
    ),
    # A login with what opens it, and a PIN told without a sign between.
    re.compile(
        r"\b(?:pass|password|парол[ья])\s+(?=\S*\d)(?=\S*[a-z])(?P<told>[^\s,;]{6,})", re.IGNORECASE
    ),
    re.compile(r"\b(?:pin|пин|пін)[ -]?(?:code|код)?\s+(?P<told>\d{4,6})\b", re.IGNORECASE),
    # In the address of a server, https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1.
    re.compile(r"://[^\s/:@]+:(?P<told>[^\s/@]+)(?=@)"),
)
_DIGITS = re.compile(r"(?<![\d.:/=-])\d+(?:[ -]\d+)*(?![.:/-]?\d)")
_GROUP = re.compile(r"\d+")
_CARD_LENGTHS = range(14, 20)
"""Digits of a payment card, ISO/IEC 7812-1; networks' numbers begin with 2 to 6."""
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,24}(?!\w)")
_PHONE = re.compile(
    r"""
    (?<![\w+@/.,])(?:
        \+\d(?:[ ().-]{0,2}\d){7,14}                                  # abroad, ITU-T E.164
      | (?<![:=-])(?:
        00[1-9](?:[ .-]?\d){8,13}
      | (?:\([2-9]\d{2}\)[ ]?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}      # North America
      | 0(?:7\d{3}[ ]?\d{3}[ ]?\d{3}|20[ ]\d{4}[ ]\d{4}|1\d{3}[ ]\d{6})  # Britain
      | (?:38[ -]?)?\(?0\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}         # Ukraine
      | [78][ -]?\(?[3489]\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}       # Russia, Kazakhstan
      )
    )(?![\w@/:=]|[-.,]\d)
    """,
    re.VERBOSE,
)
_CONTACTS = (("email", _EMAIL), ("phone", _PHONE))


def has_secret(text: str) -> bool:
    """Whether a key, a token, a credential or a card number stands in a text."""
    return bool(_secrets_in(text))


def without_secrets(text: str) -> str:
    """The text with each secret replaced by `HIDDEN`; doing it again changes nothing."""
    while spans := _secrets_in(text):
        for start, end in reversed(spans):
            text = text[:start] + HIDDEN + text[end:]
    return text


def _secrets_in(text: str) -> list[tuple[int, int]]:
    """Where secrets stand, in order, none within another."""
    found = [
        one.span("told" if "told" in one.re.groupindex else 0)
        for pattern in _SECRETS
        for one in pattern.finditer(text)
        if one[0]
    ]
    found += [span for run in _DIGITS.finditer(text) for span in _cards_in(text, run.start(), run.end())]
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        elif text[start:end] != HIDDEN:
            apart.append((start, end))
    return apart


def _cards_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Whole groups of one run of digits that together are a card's number."""
    groups = [one.span() for one in _GROUP.finditer(text, start, end)]
    for at, (begin, _) in enumerate(groups):
        for _, stop in groups[at : at + _CARD_LENGTHS.stop]:
            if _is_card_number(text[begin:stop]):
                yield begin, stop


def _is_card_number(text: str) -> bool:
    """Luhn's check (ISO/IEC 7812-1, annex B)."""
    digits = [int(char) for char in text if char.isdigit()]
    if len(digits) not in _CARD_LENGTHS or not text.startswith(("2", "3", "4", "5", "6")):
        return False
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


@dataclass
class Mask:
    """Hides secrets for good and contacts until `restored`, in all values of one question and its answer.

    A contact always has the same stand-in, such as `⟨email 1⟩`. `tag` keeps the stand-ins apart from what
    people wrote: `over` finds one that stands in no text.
    """

    tag: str = ""
    _stand_ins: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def over(cls, value: object) -> "Mask":
        """A mask whose stand-ins nobody has written anywhere in `value`."""
        texts: list[str] = []
        mapped(value, lambda text: texts.append(text) or text)
        everything = "\n".join(texts)
        tags = chain([""], (f"{number}:" for number in count(1)))
        return cls(next(tag for tag in tags if f"⟨{tag}" not in everything))

    def masked(self, value: T) -> T:
        """The value with every text in it masked; ids, numbers and times stay."""
        return mapped(value, self._hide)

    def restored(self, value: T) -> T:
        """The value with the contacts back in every text; secrets stay hidden."""
        return mapped(value, self._bring_back)

    def _hide(self, text: str) -> str:
        text = without_secrets(text)
        for kind, pattern in _CONTACTS:
            text = pattern.sub(lambda found, kind=kind: self._stand_in(kind, found[0]), text)
        return text

    def _stand_in(self, kind: str, contact: str) -> str:
        number = len(self._stand_ins) + 1
        return self._stand_ins.setdefault(contact, f"⟨{self.tag}{kind} {number}⟩")

    def _bring_back(self, text: str) -> str:
        for contact, stand_in in self._stand_ins.items():
            text = text.replace(stand_in, contact)
        return text


def mapped(value: T, change: Callable[[str], str]) -> T:
    """The same value with `change` done to each text in it, however deep: dataclasses, tuples, mappings."""
    return cast("T", _mapped(value, change))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple | frozenset):
        made = (_mapped(one, change) for one in cast("tuple[Any, ...] | frozenset[Any]", value))
        return tuple(made) if isinstance(value, tuple) else frozenset(made)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[Any, Any]", value).items()
        return {_mapped(key, change): _mapped(one, change) for key, one in pairs}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: _mapped(getattr(value, one.name), change) for one in fields(value)}
        )
    return value
