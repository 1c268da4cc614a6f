import pytest

from bot.view.links import group_link, message_link, start_link
from core.domain.ids import ChatId, MessageId, ThreadId
from core.domain.person import Chat, ChatKind


def chat(kind: ChatKind, id_: int, username: str | None = None) -> Chat:
    return Chat(ChatId(id_), kind, "a chat", username)


@pytest.mark.parametrize(
    ("where", "thread", "url"),
    [
        (chat(ChatKind.SUPERGROUP, -1001234), None, "https://t.me/c/1234/5"),
        (chat(ChatKind.SUPERGROUP, -1001234), 9, "https://t.me/c/1234/9/5"),
        (chat(ChatKind.SUPERGROUP, -1001234, "mobile"), None, "https://t.me/mobile/5"),
        (chat(ChatKind.SUPERGROUP, -1001234, "mobile"), 9, "https://t.me/mobile/9/5"),
        (chat(ChatKind.CHANNEL, -1001234), None, "https://t.me/c/1234/5"),
        (chat(ChatKind.GROUP, -77), None, ""),
        (chat(ChatKind.PRIVATE, 7), None, ""),
        (chat(ChatKind.SUPERGROUP, -77), None, ""),
        (None, None, ""),
    ],
)
def test_a_message_has_an_address_where_telegram_gives_one(
    where: Chat | None, thread: int | None, url: str
) -> None:
    assert message_link(where, MessageId(5), None if thread is None else ThreadId(thread)) == url


def test_links_to_the_bot_carry_what_to_start_with() -> None:
    assert start_link("triagram_bot", "review") == "https://t.me/triagram_bot?start=review"
    assert (
        group_link("triagram_bot", "a-b_c")
        == "https://t.me/triagram_bot?startgroup=a-b_c&admin=manage_chat"
    )
