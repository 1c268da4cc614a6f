"""What belongs together is put together, whatever the clock says."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.message import Message
from core.rules.conversations import RuleConversations
from core.settings import AnalysisSettings
from tests.rules.chat import Line, said

SPLIT = RuleConversations(AnalysisSettings()).split


def numbers(messages: list[Message]) -> list[list[int]]:
    return [[int(one.key.message_id) for one in part.messages] for part in SPLIT(messages)]


def test_no_messages_are_no_conversations() -> None:
    assert SPLIT([]) == []


def test_two_interleaved_talks_are_two_conversations() -> None:
    talk = said(
        Line("Olya", "The login button does nothing on iOS, can anybody look?"),
        Line("Tom", "Which colour do the invoices get in the new theme?"),
        Line("Max", "the login button waits for the keychain", reply_to=1),
        Line("Priya", "invoices stay blue", reply_to=2),
        Line("Olya", "can the login wait be shorter?", reply_to=3),
    )
    assert numbers(talk) == [[1, 3, 5], [2, 4]]


def test_a_reply_joins_over_any_gap() -> None:
    talk = said(
        Line("Olya", "Where is the staging server documented?", after=0),
        Line("Tom", "New invoices look great", after=60 * 30),
        Line("Max", "in the wiki", reply_to=1, after=60 * 50),
    )
    assert [1, 3] in numbers(talk)


def test_a_name_at_the_start_joins_without_a_reply() -> None:
    talk = said(
        Line("Rian0702", "How do I copy my code into the container?"),
        Line("otbe", "Is there a way to use a VPN with local DNS?"),
        Line("jameshulse", "Rian0702: you can use COPY in your build step"),
    )
    assert [1, 3] in numbers(talk)


def test_a_long_silence_without_a_bond_parts() -> None:
    talk = said(
        Line("Olya", "The search index is rebuilt", after=0),
        Line("Tom", "Hello, does anybody have the invoice template?", after=600),
    )
    assert numbers(talk) == [[1], [2]]


@pytest.mark.parametrize("days", [1, 3])
def test_matters_a_day_apart_are_not_joined_by_how_they_are_said(days: int) -> None:
    matters = (
        ("Olya", "login is dead on my iPhone again, tapping the button shows no error"),
        ("Ivan", "the staging server is slow since the last deploy, a search takes 9 seconds"),
        ("Tom", "Two customers asked for a dark theme this week"),
        ("Lena", "The app crashes when I rotate the tablet on the trip details screen"),
        ("Ivan", "The payment provider turns off the old API on 30 November, we must migrate"),
        ("Priya", "Who owns the push certificate? It expires next month"),
        ("Olya", "OK, decided: we ship 2.4 on Wednesday"),
    )
    lines = [Line(who, text, after=days * 24 * 60 * at) for at, (who, text) in enumerate(matters)]
    assert len(numbers(said(*lines))) == len(matters)


@pytest.mark.parametrize(
    "now",
    ["Priya: I do, it is in my keychain", "The push certificate is mine, I renewed it"],
)
def test_a_name_or_a_shared_word_joins_over_a_night(now: str) -> None:
    asked = Line("Priya", "Who owns the push certificate?", after=0)
    assert numbers(said(asked, Line("Olya", now, after=14 * 60))) == [[1, 2]]


def test_chats_and_forum_topics_are_never_mixed() -> None:
    talk = said(
        Line("Olya", "login fails", thread=10),
        Line("Olya", "login fails", thread=20),
        Line("Olya", "login fails", chat=-1002),
    )
    assert numbers(talk) == [[1], [2], [3]]


def test_a_reply_to_a_forum_topics_first_message_is_no_reply() -> None:
    talk = said(
        Line("Olya", "Does the export work for anybody?", thread=900, reply_to=900, after=0),
        Line("Tom", "Hello! Who has the keys of the meeting room?", thread=900, reply_to=900, after=300),
    )
    assert numbers(talk) == [[1], [2]]


def test_a_message_most_of_a_chat_answers_is_taken_for_a_topics_root() -> None:
    lines = [
        Line(f"User{i}", f"Hello, does anybody know about matter{i}?", reply_to=77, after=i * 600)
        for i in range(12)
    ]
    assert len(numbers(said(*lines))) == 12


def test_answers_to_a_message_that_was_left_out_stay_together() -> None:
    talk = said(
        Line("Olya", "The index was missing after the migration", reply_to=500, after=0),
        Line("Tom", "Hello, is the invoice template final?", after=5),
        Line("Max", "I rebuilt it, search takes 80 ms now", reply_to=500, after=200),
    )
    assert [1, 3] in numbers(talk)


def test_a_conversation_longer_than_a_batch_is_cut_and_shows_what_came_before() -> None:
    lines = [Line("Olya", "The login is dead")]
    lines += [Line("Max", f"still the login, step {i}", reply_to=i) for i in range(1, 120)]
    parts = SPLIT(said(*lines))
    assert [len(part.messages) for part in parts] == [50, 50, 20]
    assert parts[0].context == ()
    assert parts[1].context == parts[0].messages[-3:]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Olya", "Max", "Tom"]),
            st.sampled_from(["ok", "login fails?", "Max, look", "hello", "see @tom"]),
            st.one_of(st.none(), st.integers(1, 30)),
            st.one_of(st.none(), st.integers(1, 2)),
            st.integers(0, 5000),
        ),
        max_size=30,
    )
)
def test_each_message_is_in_exactly_one_conversation_in_order(
    script: list[tuple[str, str, int | None, int | None, int]],
) -> None:
    script.sort(key=lambda row: row[4])
    talk = said(*(Line(who, text, reply, thread, after) for who, text, reply, thread, after in script))
    parts = SPLIT(talk)
    assert Counter(one.key for part in parts for one in part.messages) == Counter(one.key for one in talk)
    for part in parts:
        assert list(part.messages) == sorted(part.messages, key=talk.index)
        assert {(one.key.chat_id, one.thread_id) for one in part.messages} == {
            (part.messages[0].key.chat_id, part.messages[0].thread_id)
        }


@pytest.mark.parametrize("size", [1, 7])
def test_no_batch_is_larger_than_the_setting(size: int) -> None:
    split = RuleConversations(AnalysisSettings(batch_messages=size)).split
    talk = said(*(Line("Olya", f"the login again {i}") for i in range(20)))
    assert max(len(part.messages) for part in split(talk)) == size
