"""The passphrase of a backup: from the environment, else from whoever sits there."""

import os
import sys

import typer

from core.errors import BadBackup

VARIABLE = "TRIAGRAM_PASSPHRASE"
SHORTEST = 12
"""Characters of a new passphrase: a file that was copied away may be guessed at for years."""


def new_passphrase() -> str:
    """For a backup that is made now; raises BadBackup for a short one, or where nobody sits."""
    passphrase = _asked(is_new=True)
    if len(passphrase) < SHORTEST:
        raise BadBackup(
            "passphrase", f"it is shorter than {SHORTEST} characters", "take four words or more"
        )
    return passphrase


def known_passphrase() -> str:
    """For a backup that was made before; raises BadBackup where nobody sits."""
    return _asked(is_new=False)


def _asked(*, is_new: bool) -> str:
    known = os.environ.get(VARIABLE)
    if known is None and not sys.stdin.isatty():
        raise BadBackup("passphrase", "there is nobody to ask for it", f"set {VARIABLE}")
    return known or typer.prompt("Passphrase", hide_input=True, confirmation_prompt=is_new)
