"""Keeps the bot's token out of every log line, whichever library writes it."""

import logging
import traceback
from collections.abc import Callable
from urllib.parse import quote

import structlog

MASK = "***"
SHORTEST_SECRET = 20
"""Telegram's have 35 characters; a shorter one may be an ordinary word and is not masked alone."""


class MaskingRecords:
    """A log record factory that hides tokens in messages, arguments and tracebacks.

    A factory and not a filter: a filter sees only what its own logger was given, and httpx, httpcore,
    python-telegram-bot and aiogram have dozens.
    """

    def __init__(self, inner: Callable[..., logging.LogRecord]) -> None:
        self._inner = inner
        self._secrets: dict[str, str] = {}

    def hide(self, token: str) -> None:
        """Hides a token from now on, as it is and as a URL spells it."""
        if not token:
            return
        bot_id, _, secret = token.partition(":")
        self._secrets[token] = self._secrets[quote(token, safe="")] = f"{bot_id}:{MASK}"
        if len(secret) >= SHORTEST_SECRET:
            self._secrets[secret] = MASK

    def masked(self, text: str) -> str:
        """Returns `text` without any hidden token."""
        for secret, mask in self._secrets.items():
            text = text.replace(secret, mask)
        return text

    def __call__(self, *args: object, **kwargs: object) -> logging.LogRecord:
        """Returns the record; one without a token is left as it was."""
        record = self._inner(*args, **kwargs)
        message = record.getMessage()
        if (safe := self.masked(message)) != message:
            record.msg, record.args = safe, None
        if record.exc_info and record.exc_info[1] is not None:
            self._mask_error(record, record.exc_info[1])
        return record

    def _mask_error(self, record: logging.LogRecord, error: BaseException) -> None:
        trace = "".join(traceback.format_exception(error))
        if (safe := self.masked(trace)) != trace:
            # Formatters print an exception from the exception itself: the safe text goes into the message.
            record.msg, record.args = f"{record.getMessage()}\n{safe}", None
            record.exc_info = record.exc_text = None


def mask_lines(token: str) -> None:
    """Has structlog write lines in which the token is hidden, in tracebacks too; it goes past `logging`."""
    records = hide_in_logs(token)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
            lambda _logger, _method, line: records.masked(str(line)),
        ]
    )


def hide_in_logs(token: str) -> MaskingRecords:
    """Hides a token in all logging of this process, for good; returns what masks, for other writers."""
    current = logging.getLogRecordFactory()
    records = current if isinstance(current, MaskingRecords) else MaskingRecords(current)
    records.hide(token)
    logging.setLogRecordFactory(records)
    return records
