"""What an export's message becomes."""

from datetime import UTC, datetime

import pytest

from core.domain.ids import ChatId, MessageId, PersonId, ThreadId
from core.domain.message import Author, MediaKind, Origin
from tests.bot.archive.conftest import Read, message, service

CHAT = -1001234567890


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_message_keeps_its_key_author_text_and_moment(read: Read) -> None:
    (found,) = read(message(5, "ship it", date_unixtime="1709287205"))
    assert (found.key.chat_id, found.key.message_id) == (CHAT, 5)
    assert found.author == Author("Ann Lee", person_id=PersonId(7))
    assert (found.text, found.sent_at) == ("ship it", datetime.fromtimestamp(1709287205, UTC))
    assert (found.origin, found.media, found.is_forwarded) == (Origin.IMPORTED, MediaKind.NONE, False)
    assert (found.reply_to, found.thread_id, found.edited_at, found.batch_id) == (None, None, None, None)


# --- text


@pytest.mark.parametrize(
    ("keys", "text", "mentions"),
    [
        ({"text_entities": [{"type": "plain", "text": "a "}, {"type": "bold", "text": "b"}]}, "a b", ()),
        (
            {
                "text_entities": [
                    {"type": "mention", "text": "@Max"},
                    {"type": "plain", "text": " and "},
                    {"type": "mention_name", "text": "Olya K", "user_id": 9},
                    {"type": "link", "text": " http://x.y"},
                ]
            },
            "@Max and Olya K http://x.y",
            ("max", "olya k"),
        ),
        ({"text": "old export", "text_entities": None}, "old export", ()),
        (
            {"text": ["see ", {"type": "mention", "text": "@Ann"}], "text_entities": None},
            "see @Ann",
            ("ann",),
        ),
        ({"text": "", "text_entities": [], "photo": "p.jpg"}, "", ()),
        ({"text": None, "text_entities": None}, "", ()),
        ({"text_entities": [{"type": "custom_emoji", "text": "👀", "document_id": "1"}]}, "👀", ()),
    ],
)
def test_text_is_joined_from_its_parts_and_mentions_are_taken(
    read: Read, keys: dict[str, object], text: str, mentions: tuple[str, ...]
) -> None:
    (found, _) = read(message(1, **keys), message(2))
    assert (found.text, found.mentions) == (text, mentions)


# --- author


@pytest.mark.parametrize(
    ("keys", "author"),
    [
        ({"from_id": "channel99", "from": "News"}, Author("News", chat_id=ChatId(-1000000000099))),
        ({"from_id": "chat99", "from": "Team"}, Author("Team", chat_id=ChatId(-99))),
        ({"from_id": 4444, "from": "Old"}, Author("Old", person_id=PersonId(4444))),
        ({"from": None}, Author("Deleted Account", person_id=PersonId(7))),
        ({"from_id": "user8213949665"}, Author("Ann Lee", person_id=PersonId(8213949665))),
        ({"from_id": None, "from": "Nameless"}, Author("Nameless")),
        ({"from_id": "martian3", "from": "Odd"}, Author("Odd")),
        ({"from": "Rose Bot"}, Author("Rose Bot", person_id=PersonId(7), is_bot=True)),
        ({"from": "ci_bot"}, Author("ci_bot", person_id=PersonId(7), is_bot=True)),
        ({"from": "BuildBot"}, Author("BuildBot", person_id=PersonId(7), is_bot=True)),
        ({"from": "Дежурный Бот"}, Author("Дежурный Бот", person_id=PersonId(7), is_bot=True)),
        ({"from": "Max Talbot"}, Author("Max Talbot", person_id=PersonId(7))),
        ({"from": "Bob wen"}, Author("Bob wen", person_id=PersonId(7))),
        ({"via_bot": "@vote", "inline_bot_buttons": [["👍"]]}, Author("Ann Lee", person_id=PersonId(7))),
        ({"inline_bot_buttons": [["👍"]]}, Author("Ann Lee", person_id=PersonId(7), is_bot=True)),
    ],
)  # fmt: skip
def test_an_author_is_a_person_or_a_chat_by_the_bot_apis_id(
    read: Read, keys: dict[str, object], author: Author
) -> None:
    assert read(message(1, **keys))[0].author == author


def test_who_sent_buttons_of_their_own_is_a_bot_from_then_on(read: Read) -> None:
    buttons = {"inline_bot_buttons": [[{"text": "ok"}]]}
    found = read(
        message(1, from_id="user1"), message(2, **buttons, from_id="user2"), message(3, from_id="user2"),
        message(4, from_id="user1"), message(5, from_id="user1", via_bot="@gif", **buttons),
    )  # fmt: skip
    assert [one.author.is_bot for one in found] == [False, True, True, False, False]


def test_the_bot_of_a_bot_chat_is_a_bot(read: Read) -> None:
    found = read(message(1, from_id="user55"), message(2, from_id="user7"), type="bot_chat", id=55)
    assert [one.author.is_bot for one in found] == [True, False]


# --- moments


@pytest.mark.parametrize(
    ("keys", "sent_at"),
    [
        ({"date": "2024-03-01T12:00:00", "date_unixtime": None}, "2024-03-01T10:00:00"),
        ({"date": "2024-07-01T12:00:00", "date_unixtime": None}, "2024-07-01T09:00:00"),
        ({"date": "2024-07-01T12:00:00+01:00", "date_unixtime": None}, "2024-07-01T11:00:00"),
        ({"date": "2030-01-01T00:00:00", "date_unixtime": "1709287205"}, "2024-03-01T10:00:05"),
        ({"date": None, "date_unixtime": 1709287205}, "2024-03-01T10:00:05"),
        # Clocks go from 03:00 to 04:00; half past three is the moment it would have been.
        ({"date": "2024-03-31T03:30:00", "date_unixtime": None}, "2024-03-31T01:30:00"),
    ],
)
def test_unix_time_is_taken_and_else_local_time_of_where_it_was_made(
    read: Read, keys: dict[str, object], sent_at: str
) -> None:
    assert read(message(1, **keys))[0].sent_at == _at(sent_at)


def test_the_hour_that_comes_twice_in_autumn_is_told_by_the_order(read: Read) -> None:
    local = ("02:50", "03:10", "03:50", "03:10", "03:40", "04:05")
    found = read(
        *(message(i, date=f"2024-10-27T{at}:00", date_unixtime=None) for i, at in enumerate(local, start=1))
    )
    midnight = _at("2024-10-27T00:00:00")
    assert [(one.sent_at - midnight).total_seconds() / 60 for one in found] == [-10, 10, 50, 70, 100, 125]


@pytest.mark.parametrize(
    ("keys", "edited_at"),
    [
        ({"edited": "2024-03-01T12:05:00", "edited_unixtime": "1709287500"}, "2024-03-01T10:05:00"),
        ({"edited": "2024-03-01T12:05:00"}, "2024-03-01T10:05:00"),
        ({"edited": "1970-01-01T03:00:00"}, None),
        ({}, None),
    ],
)
def test_an_edit_has_its_moment_and_1970_is_never(
    read: Read, keys: dict[str, object], edited_at: str | None
) -> None:
    (found,) = read(message(1, **keys))
    assert found.edited_at == (_at(edited_at) if edited_at else None)


# --- media, forwards, replies


@pytest.mark.parametrize(
    ("keys", "media"),
    [
        ({"photo": "(File not included.)"}, MediaKind.PHOTO),
        ({"file": "f", "media_type": "sticker"}, MediaKind.STICKER),
        ({"file": "f", "media_type": "video_file"}, MediaKind.VIDEO),
        ({"file": "f", "media_type": "video_message"}, MediaKind.VIDEO),
        ({"file": "f", "media_type": "voice_message"}, MediaKind.VOICE),
        ({"file": "f", "media_type": "audio_file"}, MediaKind.AUDIO),
        ({"file": "f", "media_type": "animation"}, MediaKind.ANIMATION),
        ({"file": "f", "media_type": "hologram"}, MediaKind.OTHER),
        ({"file": "f", "mime_type": "text/plain"}, MediaKind.DOCUMENT),
        ({"poll": {"question": "?"}}, MediaKind.POLL),
        ({"location_information": {}, "place_name": "x"}, MediaKind.LOCATION),
        ({"contact_information": {}}, MediaKind.CONTACT),
        ({"game_title": "x"}, MediaKind.OTHER),
    ],
)
def test_the_kind_of_media_is_kept(read: Read, keys: dict[str, object], media: MediaKind) -> None:
    assert read(message(1, **keys))[0].media is media


def test_a_forward_is_one_even_when_the_name_is_hidden(read: Read) -> None:
    hidden = {**message(2), "forwarded_from": None}
    found = read(message(1, forwarded_from="Max"), hidden, message(3))
    assert [one.is_forwarded for one in found] == [True, True, False]


def test_a_reply_is_kept_unless_it_is_to_another_chat(read: Read) -> None:
    found = read(
        message(1), message(2, reply_to_message_id=1),
        message(3, reply_to_message_id=1, reply_to_peer_id="channel99"),
        message(4, reply_to_message_id=1, reply_to_peer_id="channel1234567890"),
    )  # fmt: skip
    assert [one.reply_to for one in found] == [None, 1, None, 1]


def test_a_topics_first_message_is_no_reply_and_replies_stay_in_their_topic(read: Read) -> None:
    found = read(
        message(1),
        service(10, "topic_created", title="Releases"),
        service(11, "topic_created", title="Bugs"),
        message(12, reply_to_message_id=10),
        message(13, reply_to_message_id=11),
        message(14, reply_to_message_id=12),
        message(15, reply_to_message_id=14),
        message(16, reply_to_message_id=1),
        message(17),
        message(18, reply_to_message_id=9000),
    )
    assert [(one.key.message_id, one.thread_id, one.reply_to) for one in found] == [
        (1, None, None), (12, 10, None), (13, 11, None), (14, 10, 12), (15, 10, 14), (16, None, 1),
        (17, None, None), (18, None, 9000),
    ]  # fmt: skip
    assert {type(one.thread_id) for one in found} <= {int, type(None)}
    assert ThreadId(10) == found[1].thread_id


def test_what_came_from_the_old_group_keeps_its_negative_ids_and_replies(read: Read) -> None:
    found = read(message(-999_999_990), message(-999_999_989, reply_to_message_id=-999_999_990), message(1))
    assert [one.key.message_id for one in found] == [-999_999_990, -999_999_989, 1]
    assert found[1].reply_to == MessageId(-999_999_990)
