"""The passing word that answers a press."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.hear.scene.identity import Scene
from bot.hear.services import Services


@dataclass(frozen=True)
class Toast:
    """A sentence by its key (`toast-…`) with its arguments, or a link, or just an end of waiting."""

    key: str = ""
    args: Mapping[str, str | int] = field(default_factory=dict[str, str | int])
    url: str = ""


QUIET = Toast()
"""The card itself shows what happened."""


def toast(key: str, **args: str | int) -> Toast:
    """A passing word by its key."""
    return Toast(key, args)


async def answer(scene: Scene, said: Toast, services: Services) -> None:
    """Answer the press, within seconds or Telegram forgets it."""
    text = services.texts.toast(said.key, scene.language, **said.args) if said.key else ""
    await services.messenger.answer(scene.press_id, text, url=said.url)
