"""`triagram setup`: checks the token, keeps it, and says what to tap next."""

import json
import os
from pathlib import Path
from typing import Any

import typer

from bot.config import CONFIG_FILE, KEY_FILE, load_config
from bot.config.rules import RULES
from bot.config.shape import DEFAULTS, SECRETS, SECTIONS, Key
from bot.main import open_app
from bot.speak.asking import asking_as
from bot.view.links import group_link
from core.errors import BadConfig
from core.services.chats.joining import NEW_PROJECT

TOKEN = Key("telegram", "token")
COPY_IT_WHOLE = "copy it whole from @BotFather: /mybots, your bot, API Token"


async def set_up(path: Path | None, token: str, *, key_file: Path = KEY_FILE) -> None:
    """Keeps a good token and prints the owner's link, the add-to-group link and the next command.

    Args:
        path: The configuration's file; None is `config.toml` here, written when it is not there.
        token: From @BotFather.
        key_file: Where the token is kept.

    Raises:
        BadConfig: The configuration is wrong, or Telegram knows no bot with this token.
        TelegramAway: Telegram did not answer; nothing is written then.
    """
    rule = RULES[TOKEN]
    if not (token and rule.fits(token)):
        raise BadConfig("token", f"it is not {rule.says}", COPY_IT_WHOLE)
    environ = {**os.environ, TOKEN.variable: token}
    config = load_config(path, environ, key_file=key_file)
    username = await asking_as(config.telegram).bot_name()
    keep_token(key_file, token)
    typer.echo(f"The token belongs to @{username}; it is kept in {key_file}, readable by you alone.")
    file = path or CONFIG_FILE
    if not file.exists():
        file.write_text(settings_text(), encoding="utf-8")
        typer.echo(f"{file} lists every setting with its default.")
    async with open_app(config) as app:
        owner_link = await app.owner_link()
    typer.echo(next_steps(username, owner_link))


def next_steps(username: str, owner_link: str | None) -> str:
    """What to tap now; without an owner's link somebody owns the bot already."""
    own = f"""
  Open this link in Telegram; it works once and makes you the owner:
     {owner_link}
"""
    return f"""{own if owner_link is not None else ""}
  Add the bot to your team's group by this link. It asks for one administrator right, with which it
  hears messages and reactions; nothing needs to be set in @BotFather:
     {group_link(username, NEW_PROJECT)}

  Start it:
     triagram run

  `triagram setup --service` prints a systemd unit that keeps it running."""


def service_text(folder: Path, python: str) -> str:
    """A systemd user unit that runs the bot in `folder`, and again after a failure."""
    return f"""\
# Save as ~/.config/systemd/user/triagram.service, then:
#   systemctl --user daemon-reload && systemctl --user enable --now triagram && loginctl enable-linger
[Unit]
Description=Triagram
After=network-online.target

[Service]
WorkingDirectory={folder}
ExecStart={python} -m bot run
Restart=on-failure
RestartSec=5

[Install]
WantedBy=default.target
"""


def keep_token(file: Path, token: str) -> None:
    """Writes the token into the key file, mode 0600; its other lines stay."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    others = [line for line in lines if not line.removeprefix("export ").startswith(TOKEN.variable)]
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    # Born unreadable to others, and put in place whole: a crash leaves the old file or the new one.
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write("\n".join([*others, f"{TOKEN.variable}={token}", ""]))
    fresh.replace(file)


def settings_text() -> str:
    """A `config.toml` in which every knob stands as a comment with its default; no secrets."""
    lines = ["# Every setting with its default. Take the # away from a line to change it.", ""]
    for section in SECTIONS:
        knobs = [key for key in DEFAULTS if key.section == section and key not in SECRETS]
        if knobs:
            lines += [f"[{section}]", *(f"# {key.name} = {_toml(DEFAULTS[key])}" for key in knobs), ""]
    return "\n".join(lines)


def _toml(value: Any) -> str:
    """A TOML value: JSON writes texts, numbers, truth and lists of texts the same way."""
    return json.dumps(value)
