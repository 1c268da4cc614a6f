"""One conversion: from raw JSON and through aiogram alike."""

from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.types import Message as TelegramMessage
from hypothesis import given
from hypothesis import strategies as st

from bot.hear.plain import plain_of
from bot.hear.scene.convert import Malformed, chat_of, message_of, person_of, raw_of
from core.domain.ids import ChatId, MessageId, PersonId, ThreadId
from core.domain.message import Author, MediaKind
from core.domain.person import ChatKind

CHAT: dict[str, Any] = {"id": -1001, "type": "supergroup", "title": "Mobile"}
ANN: dict[str, Any] = {"id": 1, "is_bot": False, "first_name": "Ann", "last_name": "Lee", "username": "ann"}
FILE: dict[str, Any] = {"file_id": "f", "file_unique_id": "u"}


def raw(**more: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_700_000_000, "chat": CHAT, "from": ANN, **more}


ids = st.integers(1, 2**52 - 1)
words = st.text(max_size=40)
names = st.text(min_size=1, max_size=20)
users = st.fixed_dictionaries(
    {"id": ids, "is_bot": st.just(value=False), "first_name": names},
    optional={"last_name": names, "username": names, "language_code": st.sampled_from(["en", "uk"])},
)
chats = st.fixed_dictionaries(
    {"id": st.integers(-(2**52), -1), "type": st.sampled_from(["group", "supergroup"]), "title": names},
    optional={"username": names, "is_forum": st.just(value=True)},
)
media = st.sampled_from(
    [
        {},
        {"photo": [{**FILE, "width": 1, "height": 1}]},
        {"voice": {**FILE, "duration": 1}},
        {"document": FILE},
        {"location": {"latitude": 1.0, "longitude": 2.0}},
        {"contact": {"phone_number": "1", "first_name": "Ann"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"animation": {**FILE, "width": 1, "height": 1, "duration": 1}, "document": FILE},
    ]
)


@st.composite
def raw_messages(draw: st.DrawFn) -> dict[str, Any]:
    chat = draw(chats)
    made: dict[str, Any] = {
        "message_id": draw(ids),
        "date": draw(st.integers(1, 2**31)),
        "chat": chat,
        "from": draw(users),
    }
    if draw(st.booleans()):
        made |= {"message_thread_id": draw(ids), "is_topic_message": True}
    if draw(st.booleans()):
        made["reply_to_message"] = {
            "message_id": draw(st.just(made.get("message_thread_id", 3)) | ids),
            "date": 1,
            "chat": chat,
        }
    if draw(st.booleans()):
        made["sender_chat"] = draw(chats)
    if draw(st.booleans()):
        made["edit_date"] = draw(st.integers(1, 2**31))
    if draw(st.booleans()):
        made["forward_origin"] = {"type": "user", "date": 1, "sender_user": draw(users)}
    made |= draw(media)
    text = draw(words)
    made["caption" if len(made.keys() & {"photo", "voice", "document"}) else "text"] = text
    if "@" in text:
        made["entities"] = [{"type": "mention", "offset": text.index("@"), "length": 2}]
    return made


@given(raw_messages())
def test_the_fast_path_and_aiogram_agree_on_every_message(message: dict[str, Any]) -> None:
    through_aiogram = message_of(raw_of(TelegramMessage.model_validate(message)))
    assert message_of(message) == through_aiogram
    plain = plain_of({"update_id": 1, "message": message})
    assert plain is None or plain.message == through_aiogram


def test_a_caption_is_the_text_and_media_has_its_kind() -> None:
    kept = message_of(raw(caption="look", photo=[{**FILE, "width": 1, "height": 1}]))
    assert (kept.text, kept.media) == ("look", MediaKind.PHOTO)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"text": "hi"}, MediaKind.NONE),
        ({"video": FILE}, MediaKind.VIDEO),
        ({"video_note": FILE}, MediaKind.VIDEO),
        ({"voice": FILE}, MediaKind.VOICE),
        ({"audio": FILE}, MediaKind.AUDIO),
        ({"sticker": FILE}, MediaKind.STICKER),
        ({"animation": FILE, "document": FILE}, MediaKind.ANIMATION),
        ({"poll": FILE}, MediaKind.POLL),
        ({"venue": FILE, "location": FILE}, MediaKind.LOCATION),
        ({"contact": FILE}, MediaKind.CONTACT),
        ({"dice": FILE}, MediaKind.OTHER),
    ],
)
def test_each_kind_of_media_is_known(content: dict[str, Any], kind: MediaKind) -> None:
    assert message_of(raw(**content)).media is kind


def test_a_topics_first_message_is_where_it_stands_and_no_reply() -> None:
    root = {"message_id": 77, "date": 1, "chat": CHAT}
    kept = message_of(raw(text="x", message_thread_id=77, is_topic_message=True, reply_to_message=root))
    assert (kept.thread_id, kept.reply_to) == (ThreadId(77), None)


def test_a_reply_within_a_topic_is_a_reply() -> None:
    reply = {"message_id": 80, "date": 1, "chat": CHAT}
    kept = message_of(raw(text="x", message_thread_id=77, is_topic_message=True, reply_to_message=reply))
    assert (kept.thread_id, kept.reply_to) == (ThreadId(77), MessageId(80))


def test_a_thread_of_replies_outside_a_forum_is_no_topic() -> None:
    assert message_of(raw(text="x", message_thread_id=77)).thread_id is None


def test_a_chat_that_speaks_is_the_author() -> None:
    group_bot = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    kept = message_of(raw(text="x", **{"from": group_bot}, sender_chat=CHAT))
    assert kept.author == Author("Mobile", chat_id=ChatId(-1001))


def test_a_post_of_the_linked_channel_is_not_a_forward() -> None:
    origin = {"type": "channel", "date": 1, "chat": CHAT, "message_id": 3}
    assert message_of(raw(text="x", forward_origin=origin)).is_forwarded
    assert not message_of(raw(text="x", forward_origin=origin, is_automatic_forward=True)).is_forwarded


def test_mentions_are_names_in_lower_case_counted_in_utf16() -> None:
    entities = [
        {"type": "mention", "offset": 3, "length": 5},
        {"type": "text_mention", "offset": 9, "length": 3, "user": {**ANN, "username": None}},
    ]
    kept = message_of(raw(text="😋 @Olya Ann", entities=entities))
    assert kept.mentions == ("olya", "ann lee")


def test_times_are_aware_utc() -> None:
    kept = message_of(raw(text="x", edit_date=1_700_000_060))
    assert kept.sent_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert kept.edited_at == datetime(2023, 11, 14, 22, 14, 20, tzinfo=UTC)


def test_a_person_and_a_direct_chat_have_the_whole_name() -> None:
    person = person_of({**ANN, "language_code": "uk"})
    assert (person.id, person.name, person.handle, person.language) == (
        PersonId(1),
        "Ann Lee",
        "@ann",
        "uk",
    )
    chat = chat_of({"id": 1, "type": "private", "first_name": "Ann", "last_name": "Lee"})
    assert (chat.kind, chat.title) == (ChatKind.PRIVATE, "Ann Lee")


@pytest.mark.parametrize(
    "broken",
    [
        {"chat": None},
        {"chat": {"type": "group"}},
        {"message_id": None},
        {"message_id": "5"},
        {"message_id": True},
        {"date": None},
        {"date": "yesterday"},
        {"date": 10**30},
        {"text": 5},
        {"from": {"id": "ann"}},
        {"from": "ann"},
        {"text": "@a", "entities": [{"type": "mention", "offset": "0", "length": 1}]},
    ],
)
def test_what_is_not_as_documented_is_malformed(broken: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        message_of(raw(**broken))


@pytest.mark.parametrize(
    "message",
    [
        raw(text="/add this"),
        raw(text="/status@other_bot"),
        raw(caption="/bug see", photo=[FILE]),
        raw(
            text="hm",
            reply_to_message={"message_id": 3, "date": 1, "chat": CHAT, "from": {**ANN, "is_bot": True}},
        ),
        raw(new_chat_title="Other"),
        raw(text="hm", something_new={"a": 1}),
        raw(text="hm", chat={"id": 1, "type": "private"}),
        raw(text="hm", chat={"id": -5, "type": "channel", "title": "News"}),
        raw(text=5),
        raw(),
    ],
)
def test_only_plain_group_talk_takes_the_fast_path(message: dict[str, Any]) -> None:
    assert plain_of({"update_id": 1, "message": message}) is None


@pytest.mark.parametrize(
    "update", [{"update_id": 1, "edited_message": raw(text="x")}, {"update_id": 1, "message": "x"}]
)
def test_other_updates_do_not_take_the_fast_path(update: dict[str, Any]) -> None:
    assert plain_of(update) is None
