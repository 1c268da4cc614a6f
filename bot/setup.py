"""`triagram setup`: checks the token, keeps it, and says what to tap next."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import typer
from cryptography.fernet import Fernet

from bot.config import CONFIG_FILE, KEY_FILE, Config, load_config
from bot.config.keeping import keep_secrets, write_private
from bot.config.rules import RULES
from bot.config.shape import DEFAULTS, SECRETS, SECTIONS, Key
from bot.databases import copies_of, is_on_server
from bot.main import open_app
from bot.speak.asking import asking_as
from bot.trouble import ensure_same_bot
from bot.view.links import group_link
from core.errors import BadConfig
from core.services.chats.joining import NEW_PROJECT

TOKEN = Key("telegram", "token")
KEYS = Key("secrets", "keys")
SERVICE = "triagram.service"
STARTING = (
    ("systemctl", "--user", "daemon-reload"),
    ("systemctl", "--user", "enable", "--now", "triagram"),
    ("loginctl", "enable-linger"),
)
"""Lingering keeps a user's services running while they are logged out, loginctl(1)."""
COPY_IT_WHOLE = "copy it whole from @BotFather: /mybots, your bot, API Token"


async def set_up(path: Path | None, token: str, *, key_file: Path = KEY_FILE) -> None:
    """Keeps a good token and prints the owner's link, the add-to-group link and the next command.

    Args:
        path: The configuration's file; None is `config.toml` here, written when it is not there.
        token: From @BotFather.
        key_file: Where the token is kept.

    Raises:
        BadConfig: The configuration is wrong, Telegram knows no bot with this token, or the database here
            is another bot's.
        TelegramAway: Telegram did not answer; nothing is written then.
    """
    rule = RULES[TOKEN]
    if not (token and rule.fits(token)):
        raise BadConfig("token", f"it is not {rule.says}", COPY_IT_WHOLE)
    environ = {**os.environ, TOKEN.variable: token}
    config = load_config(path, environ, key_file=key_file)
    username = await asking_as(config.telegram).bot_name()
    if is_on_server(config) or copies_of(config).file.exists():
        async with open_app(config) as app:
            await ensure_same_bot(app)
    keep_secrets(key_file, {TOKEN: token, **_fresh_key(config)})
    typer.echo(f"The token belongs to @{username}; it is kept in {key_file}, readable by you alone.")
    file = path or CONFIG_FILE
    if not file.exists():
        write_private(file, settings_text())
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


def _fresh_key(config: Config) -> dict[Key, str]:
    """A key for the encrypted store, unless there are keys: what they encrypted must stay readable."""
    return {} if config.secrets.keys else {KEYS: Fernet.generate_key().decode()}


def service_text(folder: Path, python: str) -> str:
    """A systemd user unit that runs the bot in `folder`, and again after a failure."""
    return f"""\
# Save as ~/.config/systemd/user/{SERVICE}, then:
#   {" && ".join(" ".join(command) for command in STARTING)}
[Unit]
Description=Triagram

[Service]
WorkingDirectory={_for_systemd(folder)}
ExecStart={_quoted(python)} -m bot run
Restart=on-failure
RestartSec=5
# 2 is what no restart can mend: a revoked token, a damaged database, a wrong setting.
RestartPreventExitStatus=2
UMask=0077
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native

[Install]
WantedBy=default.target
"""


def offer_service(folder: Path, python: str) -> None:
    """Ask whether systemd shall keep the bot running; nothing where there is no systemd."""
    if shutil.which("systemctl") is None:
        return
    file = Path.home() / ".config/systemd/user" / SERVICE
    if typer.confirm(f"Keep it running, also after a restart of the machine ({file})?", default=False):
        install_service(file, folder, python)


def install_service(file: Path, folder: Path, python: str) -> None:
    """Write the unit and start it; what systemd refuses is said, with the commands to give by hand."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(service_text(folder, python), encoding="utf-8")
    for command in STARTING:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 # ours
        if done.returncode:
            typer.echo(f"{file} is written, but `{' '.join(command)}` failed: {done.stderr.strip()}")
            typer.echo("  → log in as this user itself, not by su or sudo, and give the command again")
            return
    typer.echo("It runs. `journalctl --user -u triagram -f` shows what it says.")


def _for_systemd(path: Path) -> str:
    """A path as a unit's value: % begins a specifier, systemd.unit(5)."""
    return str(path).replace("%", "%%")


def _quoted(word: str) -> str:
    """A word of a command line, systemd.service(5)."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if " " in word else escaped


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
