"""Opening an export: which chat it is, what is skipped, and what every bad file is told."""

import json
import tracemalloc
from pathlib import Path

import pytest

from bot.archive import ArchiveKind, Migration, list_archives, open_archive
from bot.archive.source import CHUNK_BYTES
from bot.archive.threads import MOST_PAGES, PAGE, Threads
from core.domain.ids import MessageId
from core.errors import BadExport
from tests.bot.archive.conftest import ZONE, Json, Writer, chat, message, read_through, service


@pytest.mark.parametrize(
    ("kind", "bare", "chat_id", "shares_ids"),
    [
        ("private_supergroup", 1234567890, -1001234567890, True),
        ("public_supergroup", 2000000001, -1002000000001, True),
        ("private_channel", 99, -1000000000099, True),
        ("public_channel", 99, -1000000000099, True),
        ("private_group", 4567, -4567, False),
        ("personal_chat", 4567, 4567, False),
        ("bot_chat", 4567, 4567, False),
        ("saved_messages", 4567, 4567, False),
        ("private_supergroup", -1001234567890, -1001234567890, True),
    ],
)
def test_a_chat_has_the_bot_apis_id(
    write: Writer, kind: str, bare: int, chat_id: int, shares_ids: bool  # noqa: FBT001 - a parametrised fact
) -> None:  # fmt: skip
    archive = open_archive(write(chat(message(1), type=kind, id=bare)), ZONE)
    assert (archive.chat_id, archive.shares_ids) == (chat_id, shares_ids)
    assert (archive.name, archive.kind) == ("Mobile", ArchiveKind(kind))


def test_the_heading_may_follow_the_messages(write: Writer) -> None:
    content = chat(message(1), message(2))
    archive = open_archive(write({key: content[key] for key in sorted(content)}), ZONE)
    assert archive.chat_id == -1001234567890
    assert archive.survey().messages == 2


def test_the_folder_of_an_export_is_as_good_as_its_file(write: Writer) -> None:
    assert read_through(write(chat(message(1))).parent).messages == 1


def test_a_byte_order_mark_and_telegrams_own_escapes_are_read(write: Writer) -> None:
    text = json.dumps(chat(message(1, "bell @ end C:\\\\xampp \\n")), ensure_ascii=False)
    path = write(b"\xef\xbb\xbf" + text.replace("@", "\\x07").encode())
    assert [one.text for one in open_archive(path, ZONE).messages()] == ["bell \x07 end C:\\\\xampp \\n"]


@pytest.mark.parametrize("shift", range(6))
def test_an_escape_across_two_chunks_is_read(write: Writer, shift: int) -> None:
    text = json.dumps(chat(message(1, "@"), message(2, "\\@\\\\")), ensure_ascii=False).replace(
        "@", "\\x1F"
    )
    at = text.index("\\x1F")
    padded = " " * (CHUNK_BYTES - at - shift) + text
    found = [one.text for one in open_archive(write(padded.encode()), ZONE).messages()]
    assert found == ["\x1f", "\\\x1f\\\\"]


def test_services_and_unsupported_messages_are_skipped_and_counted(write: Writer) -> None:
    reading = read_through(
        write(
            chat(
                service(1, "migrate_from_group", title="Old"),
                service(2, "topic_created", title="Bugs"),
                message(3),
                {"id": 4, "type": "unsupported"},
                service(5, "invite_members"),
                message(6),
            )
        )
    )
    assert (reading.messages, reading.services, reading.unsupported) == (2, 3, 1)
    assert reading.migrations == [Migration(MessageId(1), "migrate_from_group", "Old")]
    assert reading.threads.titles == {2: "Bugs"}


def test_a_pass_tells_how_far_it_is_and_another_begins_anew(write: Writer) -> None:
    archive = open_archive(write(chat(*(message(i) for i in range(1, 3001)))), ZONE)
    reading = archive.messages()
    assert reading.bytes_read == 0
    assert next(reading).key.message_id == 1
    assert 0 < reading.bytes_read < archive.total_bytes
    reading.close()
    again = archive.survey()
    assert (again.messages, again.bytes_read) == (3000, archive.total_bytes)


# --- a whole account


def _account(*chats: Json, left: tuple[Json, ...] = ()) -> Json:
    return {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 7, "first_name": "Ann"},
        "contacts": {"about": "…", "list": [{"user_id": 8, "first_name": "Max"}]},
        "chats": {"about": "…", "list": list(chats)},
        "left_chats": {"about": "…", "list": list(left)},
    }


def test_a_whole_account_gives_each_chat_by_itself(write: Writer) -> None:
    path = write(
        _account(
            chat(message(1, "a"), service(2, "pin_message"), message(3, "b"), id=1, name="First"),
            chat(id=2, name="Empty"),
            chat(message(1, "x"), id=3, name=None, type=None),
            chat(message(9, "c"), message(10, "d"), id=4, name="Fourth", type="private_group"),
            left=(chat(message(5, "e"), id=5, name="Left"),),
        )
    )
    found = list_archives(path, ZONE)
    assert [(one.name, one.chat_id) for one in found] == [
        ("First", -1000000000001), ("Fourth", -4), ("Left", -1000000000005),
    ]  # fmt: skip
    assert [[one.text for one in archive.messages()] for archive in found] == [
        ["a", "b"],
        ["c", "d"],
        ["e"],
    ]


@pytest.mark.parametrize("called", ["Fourth", "-1000000000004", "4"])
def test_one_chat_of_several_is_opened_by_name_or_id(write: Writer, called: str) -> None:
    path = write(_account(chat(message(1), id=1), chat(message(9), id=4, name="Fourth")))
    assert open_archive(path, ZONE, called).name == "Fourth"


@pytest.mark.parametrize("called", [None, "Nowhere"])
def test_several_chats_and_none_named_is_refused_with_their_names(
    write: Writer, called: str | None
) -> None:
    path = write(_account(chat(message(1), id=1, name="First"), chat(message(9), id=4, name="Fourth")))
    with pytest.raises(BadExport) as refused:
        open_archive(path, ZONE, called)
    assert "2 chats: “First” (-1000000000001), “Fourth” (-1000000000004)" in refused.value.problem


# --- bad files


def _refusal(path: Path, timezone: str = ZONE) -> str:
    with pytest.raises(BadExport) as refused:
        open_archive(path, timezone).survey()
    told = refused.value
    assert told.where
    assert told.mend
    return f"{told.where} | {told.problem} | {told.mend}"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it is empty"),
        (b" \n\t", "it is empty"),
        (b"<!DOCTYPE html><html>", "it is the HTML export | in Telegram Desktop"),
        (b"PK\x03\x04 and so on", "it is packed | unpack it"),
        (b"hello", "byte 0 | it is not a Telegram export"),
        (b"[1, 2]", "it is not a Telegram export"),
        (b'{"name": "x", "type": tru', "it is not JSON"),
        (b'{"name": "x"}', "it has no list of messages"),
        (b'{"name": "x", "type": "private_group", "id": 1, "messages": {}}', "it has no list of messages"),
        (b'{"name": "x", "type": "private_group", "id": 1, "messages": []}', "it holds no messages"),
        (b'{"name": "x", "type": "aquarium", "id": 1, "messages": [{}]}', "'aquarium'"),
        (b'{"name": "x", "type": "private_group", "messages": [{}]}', "it has no id"),
        (b'{"type": "private_group", "id": 1, "messages": [7]}', "number 1 of its messages | it is not"),
        (b'{"type": "private_group", "id": 1, "messages": [{"type": "message"}]}', "no message id"),
        (b'{"type": "private_group", "id": 1, "messages": [{"id": 3}]}', "message 3, near byte 59"),
        (b'{"type": "private_group", "id": 1, "messages": [{"id": 3, "type": "x"}]} x', "after message 3"),
        (b'{"type": "private_group", "id": 1, "messages": [{"id": 3, "type": "x"}]}}', "it is not JSON"),
        (b'{"type": "private_group", "id": 1, "messages": [{"id": 3, "x": "\xe9"}]}', "it is not JSON"),
    ],
)  # fmt: skip
def test_what_is_no_export_is_told_so(write: Writer, content: bytes, says: str) -> None:
    assert says in _refusal(write(content))


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ({"date_unixtime": "soon"}, "its date 'soon' cannot be read"),
        ({"date_unixtime": str(10**18)}, "cannot be read"),
        ({"date_unixtime": None, "date": "01.03.2024 12:00"}, "its date '01.03.2024 12:00' cannot be read"),
        ({"date_unixtime": None, "date": None}, "its date None cannot be read"),
        ({"edited_unixtime": "never"}, "its date 'never' cannot be read"),
        ({"text_entities": 7}, "its text is neither"),
        ({"text_entities": [7]}, "a part of its text"),
        ({"text_entities": [{"text": "no type"}]}, "a part of its text"),
        ({"text_entities": [{"type": "plain", "text": 7}]}, "a part of its text"),
        ({"from_id": {"user": 7}}, "its author"),
    ],
)
def test_a_message_that_cannot_be_read_is_named_and_nothing_of_it_is_given(
    write: Writer, keys: dict[str, object], problem: str
) -> None:
    reading = open_archive(write(chat(message(1), message(2, **keys), message(3))), ZONE).messages()
    assert next(reading).key.message_id == 1
    with pytest.raises(BadExport) as refused:
        next(reading)
    assert "message 2, near byte" in refused.value.where
    assert problem in refused.value.problem
    assert list(reading) == []


@pytest.mark.parametrize("share", [0.3, 0.5, 0.99])
def test_a_file_cut_off_in_the_middle_is_refused_before_the_first_message(
    write: Writer, share: float
) -> None:
    path = write(chat(*(message(i) for i in range(1, 201))))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)].rstrip(b"}] \n"))
    with pytest.raises(BadExport) as refused:
        open_archive(path, ZONE)
    assert refused.value.problem == "the file stops in the middle"
    last = path.read_bytes().count(b'"text_entities": [\n')
    assert (
        f"after message {last - 1}," in refused.value.where
        or f"after message {last}," in refused.value.where
    )
    assert f"near byte {path.stat().st_size}" in refused.value.where


def test_a_file_cut_off_right_after_a_brace_is_refused_when_it_is_read(write: Writer) -> None:
    path = write(chat(*(message(i) for i in range(1, 21))))
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rindex(b'"id": 20')].rstrip(b" \n{,"))
    reading = open_archive(path, ZONE).messages()
    with pytest.raises(BadExport, match="after message 19"):
        list(reading)


def test_a_chat_of_nothing_but_services_holds_no_messages(write: Writer) -> None:
    assert "it holds no messages" in _refusal(write(chat(service(1, "invite_members"))))


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    assert "it cannot be read: No such file" in _refusal(tmp_path / "nowhere.json")


@pytest.mark.parametrize("zone", ["Mars/Phobos", "", "../../etc/passwd"])
def test_an_unknown_time_zone_is_refused(write: Writer, zone: str) -> None:
    assert "there is none of that name" in _refusal(write(chat(message(1))), zone)


# --- memory


def test_memory_does_not_grow_with_the_file(write: Writer) -> None:
    def peak(count: int) -> int:
        path = write(
            chat(
                *(message(i, from_id=f"user{i % 50}", reply_to_message_id=i // 2) for i in range(1, count)),
            )
        )
        archive = open_archive(path, ZONE)
        tracemalloc.start()
        try:
            assert archive.survey().messages == count - 1
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(12_000) <= 1.1 * peak(4_000)


def test_of_topics_only_the_newest_messages_are_remembered() -> None:
    threads = Threads()
    threads.open(MessageId(1), "Bugs")
    for number in range(1, MOST_PAGES + 2):
        assert threads.place(MessageId(number * PAGE), MessageId(1)) == (1, None)
    oldest, newest = MessageId(PAGE), MessageId((MOST_PAGES + 1) * PAGE)
    last = MessageId(newest + 1)
    assert threads.place(last, newest) == (1, newest)
    assert threads.place(last, oldest) == (None, oldest)
