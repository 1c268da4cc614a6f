import base64
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.view.payload import Press, Verb, payload_of, press_of
from core.errors import Bug
from core.ports.chat import PAYLOAD_LIMIT
from tests.bot.view.samples import uid

presses = st.builds(
    Press,
    verb=st.sampled_from(Verb),
    spot_id=st.uuids(),
    version=st.integers(0, 2**32 - 1),
    arg=st.text("abcXYZ019_/+:-", max_size=28),
)
SPOT_22 = base64.urlsafe_b64encode(uid(1).bytes).decode().rstrip("=")


@given(presses)
def test_a_press_survives_its_payload_which_fits_a_button(press: Press) -> None:
    payload = payload_of(press)
    assert press_of(payload) == press
    assert len(payload.encode()) <= PAYLOAD_LIMIT


@given(st.text(max_size=80) | st.from_regex(r"[a-z]{1,4}\.[0-9a-z]*\.[\w/]*\.[\w-]{20,24}", fullmatch=True))
def test_whatever_is_read_as_a_press_is_what_we_would_have_written(text: str) -> None:
    press = press_of(text)
    assert press is None or payload_of(press) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a.1.",
        f"zz.1..{SPOT_22}",
        f"a.01..{SPOT_22}",
        f"a.-1..{SPOT_22}",
        f"a.1.T 17.{SPOT_22}",
        f"a.1..{SPOT_22[:-1]}B",
        f"a.1..{SPOT_22}\n",
        f"A.1..{SPOT_22}",
        "a.1.." + "é" * 22,
    ],
)
def test_anything_malformed_is_no_press(text: str) -> None:
    assert press_of(text) is None


@pytest.mark.parametrize("arg", ["T.17", "T 17", "é", "x" * 33])
def test_an_argument_that_does_not_fit_is_our_bug(arg: str) -> None:
    with pytest.raises(Bug):
        payload_of(Press(Verb.PICK, uid(1), 0, arg))


def test_the_longest_time_zone_fits_with_any_small_version() -> None:
    payload = payload_of(Press(Verb.TIMEZONE, UUID(int=2**128 - 1), 35, "America/Argentina/ComodRivadavia"))
    assert len(payload) <= PAYLOAD_LIMIT


def test_verbs_are_short_and_each_means_one_thing() -> None:
    values = [verb.value for verb in Verb]
    assert all(1 <= len(value) <= 3 for value in values)
    assert len(set(values)) == len(values)
