"""What a person reads of a played demo."""

import re
import textwrap
from dataclasses import dataclass, field
from html import unescape

import typer

from bot.sandbox.driver.shown import ShownMessage

WIDTH = 92
_TAG = re.compile(r"<[^>]+>")


@dataclass
class Transcript:
    """Prints what happens, and keeps what was said for whoever wants to check it."""

    lines: list[str] = field(default_factory=list[str])

    def scene(self, title: str) -> None:
        """A new part of the story."""
        self._print(f"\n── {title} " + "─" * max(3, WIDTH - len(title) - 4))

    def does(self, who: str, what: str) -> None:
        """Somebody does something."""
        self._print(f"\n  {who} {what}")

    def says(self, who: str, text: str) -> None:
        """Somebody says something in the group."""
        self._print(f"  {who}: {text}")

    def toast(self, text: str) -> None:
        """The fading answer to a tap."""
        if text:
            self._print(f"      ‹{text}›")

    def card(self, message: ShownMessage) -> None:
        """A message of the bot with its buttons, in a frame."""
        body = unescape(_TAG.sub("", message.html or message.text))
        self._print("    ┌" + "─" * (WIDTH - 6))
        for line in body.splitlines():
            for part in textwrap.wrap(line, WIDTH - 8) or [""]:
                self._print(f"    │ {part}")
        for row in message.buttons:
            self._print("    │ " + " ".join(f"[{button.text}]" for button in row))
        self._print("    └" + "─" * (WIDTH - 6))

    def note(self, text: str) -> None:
        """A word of the narrator."""
        self._print(f"  {text}")

    def _print(self, line: str) -> None:
        self.lines.append(line)
        typer.echo(line)
