"""Writing secrets down: the key file, and what belongs into a backup of it."""

import os
from collections.abc import Mapping
from pathlib import Path

from bot.config.shape import DEFAULTS, MAY_HOLD_A_PASSWORD, SECRETS, Key


def keep_secrets(file: Path, secrets: Mapping[Key, str]) -> None:
    """Write secrets into the key file, mode 0600, its folder 0700 when new; its other lines stay."""
    write_private(file, _with(_lines(file), {key.variable: value for key, value in secrets.items()}))


def secrets_text(file: Path, environ: Mapping[str, str]) -> str:
    """The key file as it would be with the secrets of the environment in it; "" when there is none."""
    private = {
        key.variable: value
        for key in DEFAULTS
        if (value := environ.get(key.variable))
        and (key in SECRETS or (key in MAY_HOLD_A_PASSWORD and "@" in value))
    }
    return _with(_lines(file), private)


def write_private(file: Path, text: str) -> None:
    """Write a file only its owner may read; a crash leaves the old one or the new one."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    # Born unreadable to others: a later chmod would leave a moment.
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text)
    fresh.replace(file)


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _with(lines: list[str], variables: Mapping[str, str]) -> str:
    others = [line for line in lines if _name_in(line) not in variables]
    given = [f"{name}={value}" for name, value in variables.items()]
    return "".join(f"{line}\n" for line in [*others, *given])


def _name_in(line: str) -> str:
    return line.strip().removeprefix("export ").partition("=")[0].strip()
