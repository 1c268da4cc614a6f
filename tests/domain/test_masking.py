"""Masking: secrets never leave and never come back, contacts come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.conversation import Conversation, Reading
from core.domain.masking import HIDDEN, Mask, without_secrets
from tests.builders import a_message, a_project

SECRETS = (
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "github_pat_11ABCDEFG0123456789_abcdef",
    "glpat-abcdefghij0123456789",
    "xoxb-123456789012-abcdefghijkl",
    "sk-proj-abcdefghijklmnop1234",
    "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
    "AIza" + "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBW0"[:35],
    "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\n-----END RSA PRIVATE KEY-----",
    "4111 1111 1111 1111",
    "5555-5555-5555-4444",
    "378282246310005",
)
CONTACTS = (
    "ann.keller+work@example.co.uk",
    "олена@пошта.укр",
    "+380 50 123 45 67",
    "050 123-45-67",
    "(067) 123 45 67",
    "+7 (916) 123-45-67",
    "8 916 123 45 67",
    "89161234567",
    "+1 555-123-4567",
    "(555) 234-5678",
    "555-234-5678",
    "+44 7700 900123",
    "07700 900123",
    "020 7946 0958",
    "0049 151 12345678",
    "+380501234567",
)
ORDINARY = (
    "version 10.15.7 (build 19H2)",
    "at 2024-03-01 12:30:45 it broke",
    "192.168.100.200:8080 does not answer",
    "commit 3f2a9c17b0e4d5a6c7b8 and issue #12345",
    "order 1234567890123456 was paid",
    "see https://example.com/a/380501234567?id=89161234567",
    "T-17 is 1 200 000 rows, R-24 took 3600 seconds",
    "forgot my password again, the token has expired",
    "ask @ann about the api key",
    "block 800000 of 812345, 0.00012345 BTC",
)
told = st.sampled_from(
    [
        ("password: ", "Hunter2!x"),
        ("the api key is ", "abc123def"),
        ("пароль від сервера: ", "Qwerty12"),
        ("пин ", "= 4821"),
    ]
)
plain = st.text(st.characters(codec="utf-8", exclude_characters="⟨⟩"), max_size=20)
pieces = st.lists(
    st.one_of(plain, st.sampled_from([*SECRETS, *CONTACTS, "⟨email 1⟩", "⟨1:phone 2⟩"])), max_size=6
)
texts = pieces.map(" ".join)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_hidden_whole_and_what_stands_around_it_stays(secret: str) -> None:
    assert without_secrets(f"use {secret} for now") == f"use {HIDDEN} for now"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("password: Hunter2!x, change it", f"password: {HIDDEN}, change it"),
        ("the api key is abc123def", f"the api key is {HIDDEN}"),
        ("пароль від сервера: Qwerty12", f"пароль від сервера: {HIDDEN}"),
        ("postgres://app:hunter@db/main", f"postgres://app:{HIDDEN}@db/main"),
    ],
)
def test_of_a_credential_told_in_words_only_the_credential_is_hidden(text: str, hidden: str) -> None:
    assert without_secrets(text) == hidden


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_talk_is_left_alone(text: str) -> None:
    assert Mask().masked(text) == text


@pytest.mark.parametrize("contact", CONTACTS)
def test_a_contact_is_hidden_whole_and_comes_back(contact: str) -> None:
    mask = Mask()
    masked = mask.masked(f"call {contact}, please")
    assert masked in ("call ⟨email 1⟩, please", "call ⟨phone 1⟩, please")
    assert mask.restored(masked) == f"call {contact}, please"


@given(texts)
def test_everything_but_secrets_comes_back_whatever_people_wrote(text: str) -> None:
    mask = Mask.over(text)
    assert mask.restored(mask.masked(text)) == without_secrets(text)


@given(texts)
def test_masking_again_changes_nothing(text: str) -> None:
    mask = Mask.over(text)
    once = mask.masked(text)
    assert mask.masked(once) == once
    assert without_secrets(without_secrets(text)) == without_secrets(text)


@given(plain, st.sampled_from(SECRETS + CONTACTS), plain)
def test_nothing_leaks_whatever_stands_around_it(before: str, hidden: str, after: str) -> None:
    assert hidden not in Mask().masked(f"{before} {hidden} {after}")


def test_one_contact_is_one_stand_in_through_a_whole_reading() -> None:
    said = (a_message(1, "mail ann@example.com"), a_message(2, "ann@example.com or bob@example.com"))
    reading = Reading(a_project(description="ask ann@example.com"), Conversation(said))
    mask = Mask.over(reading)
    masked = mask.masked(reading)
    assert [one.text for one in masked.conversation.messages] == [
        "mail ⟨email 2⟩",
        "⟨email 2⟩ or ⟨email 3⟩",
    ] or [one.text for one in masked.conversation.messages] == ["mail ⟨email 1⟩", "⟨email 1⟩ or ⟨email 2⟩"]
    assert "@" not in repr(masked)
    assert mask.restored(masked) == reading
