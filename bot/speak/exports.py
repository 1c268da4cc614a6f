"""`PtbExports`: files that were sent to the bot, fetched for as long as they are read."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.archive import Archive, open_archive
from core.errors import BadExport, TelegramAway

_TOO_BIG = "file is too big"
"""What getFile answers above 20 MB, https://core.telegram.org/bots/api#getfile."""


@dataclass(frozen=True)
class PtbExports:
    """`core.ports.archive.Exports` over one bot."""

    bot: Bot = field(repr=False)

    @asynccontextmanager
    async def fetched(self, file_id: str, file_name: str, timezone: str) -> AsyncGenerator[Archive]:
        """Gives the export in a file; the copy on this disk goes with the block.

        Raises:
            BadExport: It is no export, is too large, or Telegram has it no longer.
            TelegramAway: Telegram did not answer.
        """
        with TemporaryDirectory(prefix="triagram-import-") as folder:
            path = Path(folder) / (Path(file_name).name or "result.json")
            await self._download(file_id, path)
            yield await asyncio.to_thread(open_archive, path, timezone)

    async def _download(self, file_id: str, path: Path) -> None:
        try:
            found = await self.bot.get_file(file_id)
            await found.download_to_drive(path)
        except (BadRequest, InvalidToken) as error:
            # The address of a file is good for an hour: what is gone by then is answered with 404.
            is_large = _TOO_BIG in str(error).lower()
            problem = "it is larger than bots may have" if is_large else "Telegram has it no longer"
            mend = "bring it in where I run: triagram import FILE --project NAME"
            raise BadExport(path.name, problem, mend if is_large else "send it again") from error
        except TelegramError as error:
            raise TelegramAway(str(error)) from error
