"""The configuration: `config.toml` and the environment become one frozen Config."""

from bot.config.loading import CONFIG_FILE, KEY_FILE, ensure_token, load_config
from bot.config.shape import (
    Config,
    DatabaseConfig,
    QueueConfig,
    SecretsConfig,
    TelegramConfig,
    WebConfig,
    demo_config,
    secrets_of,
)

__all__ = [
    "CONFIG_FILE",
    "KEY_FILE",
    "Config",
    "DatabaseConfig",
    "QueueConfig",
    "SecretsConfig",
    "TelegramConfig",
    "WebConfig",
    "demo_config",
    "ensure_token",
    "load_config",
    "secrets_of",
]
