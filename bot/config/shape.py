"""What a Config holds: the program's own sections, and core's settings as they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from core.settings import (
    AnalysisSettings,
    AttentionSettings,
    EmbeddingSettings,
    LlmSettings,
    PrivacySettings,
    ReviewSettings,
    ScheduleSettings,
    Settings,
)


@dataclass(frozen=True)
class TelegramConfig:
    """How Telegram is reached, and who may use the bot. "" is none."""

    token: str = field(default="", repr=False)
    api_base: str = "https://api.telegram.org"
    mode: str = "polling"
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    allow: str = "owners"
    proxy: str = field(default="", repr=False)


@dataclass(frozen=True)
class DatabaseConfig:
    """Where everything is kept; a relative path is relative to the working directory."""

    url: str = field(default="sqlite+aiosqlite:///data/triagram.db", repr=False)


@dataclass(frozen=True)
class QueueConfig:
    """What carries batch ids between machines."""

    url: str = field(default="memory://", repr=False)

    @property
    def is_memory(self) -> bool:
        """Whether nothing is carried: processes find each other's work by looking."""
        return self.url.startswith("memory:")


@dataclass(frozen=True)
class WebConfig:
    """Where webhook, health, metrics and API are served; "" is nowhere."""

    listen: str = "127.0.0.1:8080"

    @property
    def host(self) -> str:
        """The address to listen on, without the brackets of IPv6."""
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """The port to listen on; 0 is any free one."""
        return int(self.listen.rpartition(":")[2])


@dataclass(frozen=True)
class SecretsConfig:
    """Fernet keys of the encrypted store: the first encrypts, all decrypt."""

    keys: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Config:
    """Everything a person may set, checked; `settings` is what core's rooms are given."""

    telegram: TelegramConfig = field(default_factory=TelegramConfig)
    database: DatabaseConfig = field(default_factory=DatabaseConfig)
    queue: QueueConfig = field(default_factory=QueueConfig)
    web: WebConfig = field(default_factory=WebConfig)
    secrets: SecretsConfig = field(default_factory=SecretsConfig)
    settings: Settings = field(default_factory=Settings)


SECTIONS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "telegram": TelegramConfig,
        "database": DatabaseConfig,
        "queue": QueueConfig,
        "web": WebConfig,
        "llm": LlmSettings,
        "embedding": EmbeddingSettings,
        "analysis": AnalysisSettings,
        "review": ReviewSettings,
        "attention": AttentionSettings,
        "schedule": ScheduleSettings,
        "privacy": PrivacySettings,
        "secrets": SecretsConfig,
    }
)
"""The sections in the order `config.toml` has them."""


@dataclass(frozen=True, order=True)
class Key:
    """One knob: its section and its name."""

    section: str
    name: str

    def __str__(self) -> str:
        return f"{self.section}.{self.name}"

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"TRIAGRAM__{self.section.upper()}__{self.name.upper()}"


DEFAULTS: Mapping[Key, Any] = MappingProxyType(
    {
        Key(section, knob.name): getattr(shape(), knob.name)
        for section, shape in SECTIONS.items()
        for knob in fields(shape)
    }
)
"""Every knob with its default."""

SECRETS = frozenset(
    {
        Key("telegram", "token"),
        Key("telegram", "webhook_secret"),
        Key("llm", "api_key"),
        Key("secrets", "keys"),
    }
)
"""Never from `config.toml`, never in a message."""

MAY_HOLD_A_PASSWORD = frozenset(
    {
        Key("telegram", "proxy"),
        Key("telegram", "webhook_url"),
        Key("telegram", "api_base"),
        Key("database", "url"),
        Key("queue", "url"),
        Key("llm", "base_url"),
        Key("embedding", "base_url"),
    }
)
"""URLs: with a password in them they are secrets too."""


def config_of(values: Mapping[Key, Any]) -> Config:
    """Returns the Config in which `values` stand in place of the defaults."""
    chosen = {**DEFAULTS, **values}
    parts = {
        section: shape(**{knob.name: chosen[Key(section, knob.name)] for knob in fields(shape)})
        for section, shape in SECTIONS.items()
    }
    of_core = {part.name: parts.pop(part.name) for part in fields(Settings)}
    return Config(**parts, settings=Settings(**of_core))


def secrets_of(config: Config) -> tuple[str, ...]:
    """Everything in it that no log may have, the bot's token first; URLs with a password are among them."""
    urls = (
        config.telegram.proxy,
        config.telegram.webhook_url,
        config.telegram.api_base,
        config.database.url,
        config.queue.url,
        config.settings.llm.base_url,
        config.settings.embedding.base_url,
    )
    passwords = [urlsplit(url).password or "" for url in urls]
    telegram, llm = config.telegram, config.settings.llm
    return (telegram.token, telegram.webhook_secret, llm.api_key, *config.secrets.keys, *passwords)


def demo_config(api_base: str, token: str, folder: Path) -> Config:
    """The configuration of a demo: defaults, its own database, the sandbox as Telegram, nothing served."""
    return replace(
        Config(),
        telegram=TelegramConfig(token=token, api_base=api_base),
        database=DatabaseConfig(url=f"sqlite+aiosqlite:///{folder / 'triagram.db'}"),
        web=WebConfig(listen=""),
    )
