"""The demo for people: everything is prepared, the page waits to be pressed."""

import asyncio
from pathlib import Path

from bot.demo.stage import staged
from bot.demo.telling import told
from bot.demo.transcript import Transcript


async def serve(port: int, export: Path | None) -> None:
    """Serve until interrupted; the address to open is printed."""
    transcript = Transcript()
    async with staged(port, transcript) as stage:
        cast = await told(stage, export)
        await cast.direct.ask("/review")
        page = f"{stage.url}/?as={cast.direct.person.id}&chat={cast.direct.chat}"
        transcript.scene("Your turn")
        transcript.note(f"Open {page} and press the buttons. Ctrl-C ends it.")
        await asyncio.Event().wait()
