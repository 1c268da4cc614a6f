"""Which forum topic a message is in: an export says it only by what it replies to."""

from array import array
from collections.abc import Mapping
from types import MappingProxyType

from core.domain.ids import MessageId, ThreadId

PAGE = 4096
MOST_PAGES = 64
"""262,144 message ids, 2 MB: replies reach a few messages back, so the oldest page may go."""


class Threads:
    """The topics of one export and who is in them, in flat memory; empty where there are no topics."""

    def __init__(self) -> None:
        self._titles: dict[ThreadId, str] = {}
        self._pages: dict[int, array[int]] = {}

    @property
    def titles(self) -> Mapping[ThreadId, str]:
        """The topics seen so far by thread id, with the name each was created with."""
        return MappingProxyType(self._titles)

    def open(self, message_id: MessageId, title: str) -> None:
        """Notes the service message that created a topic: its id is the thread's."""
        self._titles[ThreadId(message_id)] = title

    def place(
        self, message_id: MessageId, reply_to: MessageId | None
    ) -> tuple[ThreadId | None, MessageId | None]:
        """Returns a message's topic and what it really replies to: a topic's first message is no reply.

        None is General, or a topic that cannot be told because the message replied to is not in the file.
        """
        if not self._titles or reply_to is None:
            return None, reply_to
        is_first = ThreadId(reply_to) in self._titles
        thread = ThreadId(reply_to) if is_first else self._find(reply_to)
        if thread is not None:
            self._put(message_id, thread)
        return thread, None if is_first else reply_to

    def _find(self, message_id: MessageId) -> ThreadId | None:
        page = self._pages.get(message_id // PAGE)
        return ThreadId(page[message_id % PAGE]) or None if page is not None else None

    def _put(self, message_id: MessageId, thread: ThreadId) -> None:
        number = message_id // PAGE
        if number not in self._pages:
            if len(self._pages) >= MOST_PAGES:
                del self._pages[next(iter(self._pages))]
            self._pages[number] = array("q", bytes(8 * PAGE))
        self._pages[number][message_id % PAGE] = thread
