"""Providers' keys: kept sealed, listed by name, forgotten; never shown."""

import os
import re
import sys
from pathlib import Path

import typer
from cryptography.fernet import Fernet

from bot.config import KEY_FILE, Config, load_config
from bot.config.keeping import keep_secrets
from bot.config.shape import Key
from bot.main import App, open_app
from bot.speak.masking import hide_word_in_logs
from core.domain.models import PROVIDERS, without_password
from core.errors import BadConfig
from core.ports.agents import Credential

KEYS = Key("secrets", "keys")
_NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")
_URL = re.compile(r"https?://\S+")


def read_key(name: str) -> str:
    """The key as it is typed, unseen, or as it comes from a pipe."""
    if sys.stdin.isatty():
        return str(typer.prompt(f"Key of {name}", hide_input=True)).strip()
    return sys.stdin.readline().strip()


async def add(path: Path | None, name: str, base_url: str, key: str, *, key_file: Path = KEY_FILE) -> None:
    """Keep a key; the installation gets one of its own to seal with, where it has none and sealed nothing.

    Raises BadConfig for a name, address or key that cannot be one.
    """
    hide_word_in_logs(key)
    credential = Credential(_named(name, base_url), _fitting(key), _address(base_url))
    config = load_config(path, os.environ, key_file=key_file)
    async with open_app(await _with_key(config, path, key_file)) as app:
        await app.secrets.put(credential)
    typer.echo(f"The key of {credential.name} is kept, encrypted. It is not shown again.")
    if credential.base_url:
        typer.echo(f"It is sent to {credential.base_url} alone.")


async def listed(path: Path | None) -> None:
    """A line a key: where it goes, since when, whether it can be opened; then those of the environment."""
    config = load_config(path, os.environ)
    async with open_app(config) as app:
        notes = await app.secrets.list_notes()
    for note in notes:
        state = (
            f"kept since {note.put_at:%Y-%m-%d}"
            if note.is_readable
            else "cannot be opened: triagram doctor"
        )
        typer.echo(f"{note.name}  {note.base_url or _host(note.name)}  {state}")
    exported = exported_keys()
    if config.settings.llm.api_key:
        exported = (Key("llm", "api_key").variable, *exported)
    for variable in exported:
        typer.echo(f"{variable}  from the environment or the key file")
    if not notes and not exported:
        typer.echo("No key is kept. `triagram provider add NAME` keeps one.")


async def remove(path: Path | None, name: str) -> None:
    """Forget a key; raises BadConfig where there is none."""
    config = load_config(path, os.environ)
    async with open_app(config) as app:
        if not await app.secrets.remove(name):
            raise BadConfig(f"provider {name}", "no key of it is kept", "triagram provider list")
    typer.echo(f"The key of {name} is forgotten here; take it back at the provider too.")


def exported_keys() -> tuple[str, ...]:
    """The variables of providers we know that are set."""
    variables = {one.variable for one in PROVIDERS.values() if one.variable}
    return tuple(sorted(one for one in variables if os.environ.get(one)))


async def _with_key(config: Config, path: Path | None, key_file: Path) -> Config:
    if config.secrets.keys:
        return config
    async with open_app(config) as app:
        await _ensure_nothing_sealed(app)
    keep_secrets(key_file, {KEYS: Fernet.generate_key().decode()})
    typer.echo(f"{key_file} has a fresh key to seal with; a backup holds it too.")
    return load_config(path, os.environ, key_file=key_file)


async def _ensure_nothing_sealed(app: App) -> None:
    """A fresh key would seem to work, and leave what was sealed before closed for good."""
    notes = await app.secrets.list_notes()
    if notes:
        raise BadConfig(
            str(KEYS),
            f"the key that sealed {', '.join(note.name for note in notes)} is missing",
            f"put it back as {KEYS.variable}; or forget them: triagram provider remove {notes[0].name}",
        )


def _named(name: str, base_url: str) -> str:
    given = name.strip().lower()
    plain = given.removesuffix("-chat") if not base_url else given
    if not _NAME.fullmatch(plain):
        raise BadConfig(
            "NAME", f"{name!r} is no name of a provider", "such as openai, anthropic, my-server"
        )
    if plain in PROVIDERS and not PROVIDERS[plain].variable and not base_url:
        raise BadConfig("NAME", f"{plain} needs no key", "nothing is to be done")
    return plain


def _address(base_url: str) -> str:
    if base_url and not _URL.fullmatch(base_url):
        raise BadConfig("--base-url", "it is no address", "give https://… or http://…")
    if without_password(base_url) != base_url:
        raise BadConfig("--base-url", "it has a password in it", "give that as the key")
    return base_url.rstrip("/")


def _fitting(key: str) -> str:
    if not key or re.search(r"\s", key):
        raise BadConfig("key", "there is none, or it has blanks in it", "copy it whole")
    return key


def _host(name: str) -> str:
    known = PROVIDERS.get(name)
    return known.url if known else "the provider's own address"
