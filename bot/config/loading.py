"""`load_config`: reads the sources, checks every value, and names all that is wrong at once."""

import difflib
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.config.rules import RULES, Rule
from bot.config.shape import DEFAULTS, MAY_HOLD_A_PASSWORD, SECRETS, Config, Key, config_of
from bot.config.sources import Found, Given, Problem, read_environment, read_file, read_key_file
from core.domain.models import ModelName, chosen, host_of, is_local_host
from core.errors import BadConfig

CONFIG_FILE = Path("config.toml")
KEY_FILE = Path("data/triagram.env")
"""Where `triagram setup` keeps the token, beside the database; lines NAME=VALUE, mode 0600."""
_WORDS_OF_TRUTH = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


def load_config(path: Path | None, environ: Mapping[str, str], *, key_file: Path = KEY_FILE) -> Config:
    """Returns the configuration; the environment goes over the key file, that over `config.toml`.

    Args:
        path: The TOML file. None is `config.toml` in the working directory, or the defaults without one.
        environ: Environment variables; ours are `TRIAGRAM__SECTION__KEY`, lists with commas.
        key_file: Holds the secrets as lines `NAME=VALUE`; it need not exist.

    Raises:
        BadConfig: Something is wrong; it names everything that is, each with how to mend it.
    """
    found = Found()
    if path is not None or CONFIG_FILE.exists():
        read_file(found, path or CONFIG_FILE)
    read_key_file(found, key_file)
    read_environment(found, environ)
    values = {key: _value(found, key, given) for key, given in found.given.items()}
    if not found.problems:
        _check_together(found, {**DEFAULTS, **values})
    if found.problems:
        raise _bad_config(found.problems)
    return config_of(values)


def ensure_token(config: Config) -> str:
    """Returns the bot's token.

    Raises:
        BadConfig: There is none.
    """
    if not config.telegram.token:
        variable = Key("telegram", "token").variable
        raise BadConfig(
            "telegram.token",
            "there is no token",
            f"run `triagram setup`, or set {variable} to the token BotFather gave you",
        )
    return config.telegram.token


def _value(found: Found, key: Key, given: Given) -> Any:
    """Returns the value in its knob's type; when it is wrong, notes it and returns the default."""
    default, rule = DEFAULTS[key], RULES[key]
    value = _typed(given.value, default, is_text=not given.is_from_file)
    if value is None or not rule.fits(value):
        shown = "it" if _is_private(key, given.value) else repr(given.value)
        found.complain(
            given.where,
            f"{shown} is not {rule.says}",
            _mend(rule, value),
        )
        return default
    if given.is_from_file and _has_password(key, str(value)):
        mend = f"take it out, and give the whole URL as {key.variable} in the environment or the key file"
        found.complain(given.where, "a password does not belong into this file", mend)
    return value.rstrip("/") if key.name in {"api_base", "base_url"} else value


def _typed(value: Any, default: Any, *, is_text: bool) -> Any | None:
    """Returns the value in the type of `default`, or None when it has another."""
    match default:
        case bool():
            return _truth(value) if is_text else value if isinstance(value, bool) else None
        case int() | float():
            return _number(value, of=type(default), is_text=is_text)
        case tuple():
            # The only list is a secret, so it never comes from the file.
            return tuple(part.strip() for part in str(value).split(",") if part.strip())
        case _:
            return value.strip() if isinstance(value, str) else None


def _truth(text: str) -> bool | None:
    return _WORDS_OF_TRUTH.get(text.strip().lower())


def _number(value: Any, *, of: type, is_text: bool) -> float | None:
    if is_text:
        pattern = r"-?\d+" if of is int else r"-?\d+(?:\.\d+)?"
        return of(value.strip()) if re.fullmatch(pattern, value.strip(), re.ASCII) else None
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return of(value) if is_number and of(value) == value else None


def _check_together(found: Found, values: Mapping[Key, Any]) -> None:
    webhook = Key("telegram", "mode")
    for name in ("webhook_url", "webhook_secret"):
        needed = Key("telegram", name)
        if values[webhook] == "webhook" and not values[needed]:
            mend = f'set {needed.variable}, or telegram.mode to "polling"'
            found.complain(str(needed), 'telegram.mode is "webhook" and this is empty', mend)
    if values[webhook] == "webhook" and not values[Key("web", "listen")]:
        mend = 'name an address and a port such as "127.0.0.1:8080", or set telegram.mode to "polling"'
        found.complain("web.listen", 'telegram.mode is "webhook" and this is empty', mend)
    model = Key("llm", "model")
    if values[Key("llm", "analyst")] == "llm" and not values[model]:
        mend = 'name a model such as "openai:gpt-5-mini", or set llm.analyst to "rules"'
        found.complain(str(model), 'llm.analyst is "llm" and this is empty', mend)
    _check_stays_here(found, values)


def _check_stays_here(found: Found, values: Mapping[Key, Any]) -> None:
    """With `privacy.local_only` no text goes to a host that is not on this machine or network."""
    if not values[Key("privacy", "local_only")]:
        return
    model, fallback = Key("llm", "model"), Key("llm", "fallback")
    if values[Key("llm", "analyst")] == "llm" and values[model]:
        names = chosen(values[model], values[fallback], values[Key("llm", "base_url")])
        for key, name in zip((model, fallback), names, strict=False):
            if not name.is_local:
                mend = (
                    "name a model on this machine or network, such as "
                    '"ollama:qwen3:14b", or set privacy.local_only to false'
                )
                found.complain(str(key), _leaves(name), mend)
    embedding = Key("embedding", "model")
    if values[embedding]:
        name = ModelName.parsed(values[embedding], values[Key("embedding", "base_url")])
        if not name.is_local:
            mend = 'name one on this machine or network, such as "ollama:nomic-embed-text", or set it to ""'
            found.complain(str(embedding), _leaves(name), mend)
    traces = Key("llm", "traces")
    if values[traces] and not is_local_host(host_of(values[traces])):
        found.complain(str(traces), "privacy.local_only is true and this host is elsewhere", 'set it to ""')


def _leaves(model: ModelName) -> str:
    where = f"text would go to {model.host}" if model.host else "where its text goes is not known"
    if is_local_host(model.host):
        where = "the server here hands its text on to a cloud"
    return f"privacy.local_only is true and {where}"


def _mend(rule: Rule, value: Any) -> str:
    nearest = difflib.get_close_matches(str(value), list(rule.choices()), n=1)
    return f"did you mean {nearest[0]}?" if nearest else f"give {rule.says}"


def _is_private(key: Key, value: Any) -> bool:
    return key in SECRETS or (key in MAY_HOLD_A_PASSWORD and "@" in str(value))


def _has_password(key: Key, value: str) -> bool:
    return key in MAY_HOLD_A_PASSWORD and urlsplit(value).password is not None


def _bad_config(problems: list[Problem]) -> BadConfig:
    if len(problems) == 1:
        return BadConfig(problems[0].where, problems[0].problem, problems[0].mend)
    lines = "\n".join(f"- {one.where}: {one.problem}; {one.mend}" for one in problems)
    return BadConfig(
        f"{len(problems)} settings", f"they cannot be used:\n{lines}", "correct them and start again"
    )
