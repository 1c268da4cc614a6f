"""What each knob may be: a rule a knob, each said in words a person can act on."""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.config.shape import Key
from core.domain.models import ModelName

_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CRON_FIELDS: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (0, 59, ()),
    (0, 23, ()),
    (1, 31, ()),
    (1, 12, _MONTHS),
    (0, 7, _DAYS),
)
_FERNET_KEY_BYTES = 32
_HIGHEST_PORT = 65535
_YEARS_10_DAYS = 3650


@dataclass(frozen=True)
class Rule:
    """What a value may be: in words that follow "is not" and "give", as a test, and as a choice."""

    says: str
    fits: Callable[[Any], bool]
    choices: Callable[[], Iterable[str]] = tuple[str]


def is_cron(line: str) -> bool:
    """Whether a text is a cron line: minute, hour, day, month, weekday; 0 and 7 are Sunday."""
    parts = line.split()
    return len(parts) == len(_CRON_FIELDS) and all(
        _is_cron_field(part, *bounds) for part, bounds in zip(parts, _CRON_FIELDS, strict=True)
    )


def _is_cron_field(text: str, low: int, high: int, names: tuple[str, ...]) -> bool:
    word = "|".join((r"\d{1,2}", *names))
    for item in text.lower().split(","):
        found = re.fullmatch(rf"(?:\*|({word})(?:-({word}))?)(?:/([1-9]\d?))?", item)
        if found is None:
            return False
        bounds = [int(bound) for bound in found.groups()[:2] if bound and bound.isdigit()]
        if bounds != sorted(bounds) or any(not low <= bound <= high for bound in bounds):
            return False
    return True


def _between(low: float, high: float, of: str = "number") -> Rule:
    return Rule(f"a {of} from {low} to {high}", lambda value: low <= value <= high)


def _one_of(*words: str) -> Rule:
    return Rule(" or ".join(f'"{word}"' for word in words), lambda value: value in words, lambda: words)


def _url(*schemes: str, may_be_empty: bool = False) -> Rule:
    says = " or ".join(f"{scheme}://…" for scheme in schemes)
    return Rule(
        f'{says} or ""' if may_be_empty else says,
        lambda value: may_be_empty if value == "" else _is_url(value, schemes),
    )


def _is_url(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.netloc or parts.path) and parts.port != 0
    except ValueError:
        return False


def _is_model(value: str) -> bool:
    try:
        return value == "" or bool(ModelName.parsed(value))
    except ValueError:
        return False


def _is_database(value: str) -> bool:
    if value.startswith("sqlite+aiosqlite:///"):
        return len(value) > len("sqlite+aiosqlite:///")
    return _is_url(value, ("postgresql+asyncpg",))


def _is_queue(value: str) -> bool:
    return value == "memory://" or _is_url(value, ("nats", "tls"))


def _is_webhook(value: str) -> bool:
    """Telegram calls https only; a sandbox on this machine is called without."""
    if _is_url(value, ("http",)):
        return urlsplit(value).hostname in {"localhost", "127.0.0.1", "::1"}
    return value == "" or _is_url(value, ("https",))


def _is_listen(value: str) -> bool:
    host, _, port = value.rpartition(":")
    return value == "" or (bool(host) and port.isascii() and port.isdigit() and int(port) <= _HIGHEST_PORT)


def _is_zone(value: str) -> bool:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_fernet_key(value: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(value)) == _FERNET_KEY_BYTES
    except (binascii.Error, ValueError):
        return False


def _hour_or_off(value: str) -> bool:
    return value == "" or bool(_HOUR.fullmatch(value))


def _rules() -> dict[str, Rule]:
    share = _between(0, 1)
    hour = Rule('an hour such as "09:00"', lambda value: bool(_HOUR.fullmatch(value)))
    cron = Rule(
        'a cron line such as "0 14 * * mon-fri", or "" for never',
        lambda value: value == "" or is_cron(value),
    )
    model = Rule('provider:name such as "openai:gpt-5-mini", or ""', _is_model)
    yes_or_no = Rule("true or false", lambda _: True)

    def whole(low: int, high: int) -> Rule:
        return _between(low, high, "whole number")

    return {
        "telegram.token": Rule(
            "a token as BotFather gives it, 123456:ABC…",
            lambda value: value == "" or bool(re.fullmatch(r"\d+:[\w-]+", value, re.ASCII)),
        ),
        "telegram.api_base": _url("https", "http"),
        "telegram.mode": _one_of("polling", "webhook"),
        "telegram.webhook_url": Rule('https://… or ""', _is_webhook),
        # https://core.telegram.org/bots/api#setwebhook: up to 256 of these characters. Fewer than 8 are
        # soon guessed, and could not be told from other words in a log.
        "telegram.webhook_secret": Rule(
            "8 to 256 of the characters A-Z a-z 0-9 _ -, such as `openssl rand -hex 32` gives",
            lambda value: value == "" or bool(re.fullmatch(r"[\w-]{8,256}", value, re.ASCII)),
        ),
        "telegram.allow": _one_of("owners", "anyone"),
        "telegram.proxy": _url("http", "socks5", may_be_empty=True),
        "database.url": Rule("sqlite+aiosqlite:///… or postgresql+asyncpg://…", _is_database),
        "queue.url": Rule("memory:// or nats://…", _is_queue),
        "web.listen": Rule('an address and a port, such as "127.0.0.1:8080", or ""', _is_listen),
        "llm.analyst": _one_of("rules", "llm"),
        "llm.model": model,
        "llm.api_key": Rule("a key as the provider gives it", lambda value: not re.search(r"\s", value)),
        "llm.base_url": _url("https", "http", may_be_empty=True),
        "llm.budget_month_usd": _between(0, 1_000_000),
        "llm.requests_per_minute": whole(1, 100_000),
        "llm.tokens_per_minute": whole(1, 1_000_000_000),
        "llm.fallback": model,
        "llm.temperature": _between(0, 2),
        "llm.output": _one_of("auto", "tool", "native", "prompted"),
        "llm.context_tokens": whole(0, 100_000_000),
        "llm.answer_tokens": whole(200, 1_000_000),
        "llm.timeout_seconds": whole(0, 86_400),
        "llm.retries": whole(0, 10),
        "llm.calls_at_once": whole(0, 64),
        "llm.traces": _url("https", "http", may_be_empty=True),
        "embedding.model": model,
        "embedding.base_url": _url("https", "http", may_be_empty=True),
        "embedding.dimensions": whole(0, 16_000),
        "analysis.min_length": whole(0, 4096),
        "analysis.noise_below": share,
        "analysis.gap_minutes": whole(1, 1440),
        "analysis.batch_messages": whole(2, 500),
        "analysis.rag_top_k": whole(0, 50),
        "analysis.concurrency": whole(1, 64),
        "analysis.attempts": whole(1, 10),
        "analysis.lease_seconds": whole(10, 3600),
        "review.place": _one_of("direct", "room", "here"),
        "review.undo_minutes": whole(0, 1440),
        "review.cards_per_run": whole(0, 50),
        "review.queue_limit": whole(1, 10_000),
        "review.expire_days": whole(1, 365),
        "review.rejection_memory_days": whole(0, 3650),
        "review.auto_approve": yes_or_no,
        "review.auto_approve_confidence": share,
        "review.tick_confidence": share,
        "review.pause_after_workdays": whole(1, 100),
        "attention.quiet_minutes": whole(0, 1440),
        "attention.messages_per_day": whole(0, 1000),
        "attention.quiet_from": hour,
        "attention.quiet_until": hour,
        "attention.weekends": yes_or_no,
        "schedule.extract": cron,
        "schedule.analyse": cron,
        "schedule.digest": Rule('an hour such as "09:00", or "" for never', _hour_or_off),
        "schedule.threshold_messages": whole(0, 100_000),
        "schedule.timezone": Rule("a time zone such as Europe/Kyiv", _is_zone, available_timezones),
        "privacy.retention_days": whole(1, _YEARS_10_DAYS),
        "privacy.purge_after_days": whole(0, 365),
        "privacy.mask_secrets": yes_or_no,
        "privacy.local_only": yes_or_no,
        "secrets.keys": Rule(
            "Fernet keys (44 characters each) with commas between",
            lambda value: all(_is_fernet_key(key) for key in value),
        ),
    }


def _by_key(rules: Mapping[str, Rule]) -> Mapping[Key, Rule]:
    return MappingProxyType({Key(*name.split(".")): rule for name, rule in rules.items()})


RULES: Mapping[Key, Rule] = _by_key(_rules())
"""The rule of every knob."""
