"""What `triagram eval` makes of logs, rooms, exports and meetings, on files made by hand."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.errors import BadLabels
from core.evaluation.evaluating import evaluate
from core.evaluation.score import Labelled, Score
from core.evaluation.talks import irc, links
from core.evaluation.talks.exports import export_in
from core.evaluation.talks.lines import Line, messages_of
from core.evaluation.talks.simple import by_address, by_gap

Said = tuple[str, str, str]
TALK: Sequence[Said] = (
    ("09:00", "Olya", "My login button does nothing on iOS, can anybody look?"),
    ("09:01", "Tom", "Which colour do the invoices get in the new theme?"),
    ("09:01", "Max", "Olya: the login button waits for the keychain"),
    ("09:02", "Priya", "Tom: invoices stay blue"),
    ("09:02", "Olya", "Max: can the login wait be shorter?"),
)
LINKS = [[0, 0], [1, 1], [0, 2], [1, 3], [2, 4]]


def write(folder: Path, name: str, *rows: Mapping[str, Any]) -> Labelled:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return Labelled(file, name)


def lines(talk: Sequence[Said], **more: Sequence[object]) -> list[dict[str, Any]]:
    told = [{"i": i, "ts": ts, "user": user, "text": text} for i, (ts, user, text) in enumerate(talk)]
    return [line | {name: values[i] for name, values in more.items()} for i, line in enumerate(told)]


def a_log(folder: Path, name: str = links.UBUNTU) -> Labelled:
    row = {"log": "x", "annotated_from": 0, "links": LINKS, "messages": lines(TALK, system=[False] * 5)}
    return write(folder, name, row)


def figures(folder: Path, name: str) -> dict[str, Score]:
    return {one.metric: one for one in evaluate(folder, only=name)}


def test_a_log_is_scored_by_links_and_by_conversations(tmp_path: Path) -> None:
    a_log(tmp_path)
    found = figures(tmp_path, links.UBUNTU)
    assert {metric: one.value for metric, one in found.items()} == {
        "link_f": 1.0,
        "exact_f": 1.0,
        "one_to_one": 1.0,
    }
    assert all(one.n == len(LINKS) and not one.is_refitted for one in found.values())
    assert found["link_f"].baseline == 1.0
    assert found["link_f"].published == 0.735


def test_a_wrong_link_costs_what_it_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def parents_of(*_: object) -> list[int | None]:
        return [None, None, 0, 1, None]

    monkeypatch.setattr(irc, "parents_of", parents_of)
    a_log(tmp_path)
    found = figures(tmp_path, links.UBUNTU)
    assert found["link_f"].value == pytest.approx(0.8)
    assert found["exact_f"].value == pytest.approx(0.5)
    assert found["one_to_one"].value == pytest.approx(0.8)


def test_what_the_server_says_goes_on_from_nothing(tmp_path: Path) -> None:
    talk = [*lines(TALK, system=[False] * 5), {"i": 5, "ts": None, "user": None, "text": "=== Tom left"}]
    talk[5]["system"] = True
    row = {"log": "x", "annotated_from": 0, "links": [*LINKS, [5, 5]], "messages": talk}
    write(tmp_path, links.NEW_DOMAINS, row)
    assert figures(tmp_path, links.NEW_DOMAINS)["link_f"].value == 1.0


def test_only_annotated_messages_count(tmp_path: Path) -> None:
    row = {"log": "x", "annotated_from": 4, "links": [[2, 4]], "messages": lines(TALK, system=[False] * 5)}
    write(tmp_path, links.UBUNTU, row)
    found = figures(tmp_path, links.UBUNTU)["link_f"]
    assert (found.value, found.n) == (1.0, 1)


def test_rooms_are_scored_a_segment_at_a_time(tmp_path: Path) -> None:
    right = {"messages": lines(TALK, conversation=[5, 6, 5, 6, 5])}
    wrong = {"messages": lines(TALK, conversation=[1, 1, 1, 1, 1])}
    write(tmp_path, "threads_gitter.jsonl", right, wrong)
    found = figures(tmp_path, "threads_gitter.jsonl")
    assert found["exact_f"].value == pytest.approx(0.5)
    assert found["ari"].value == pytest.approx(0.5)
    # Whole in one segment; in the other the three of five that stayed together.
    assert found["shen_f"].value == pytest.approx((1 + 0.75) / 2)
    assert found["nmi"].n == 2


@dataclass(frozen=True)
class Post:
    """A message of an export."""

    who: str
    text: str | list[object]
    reply_to: int | None = None

    def record(self, number: int) -> dict[str, object]:
        told: dict[str, object] = {
            "id": number, "type": "message", "date": f"2026-01-05T09:{number % 60:02}:00",
            "from": self.who, "from_id": f"user{sum(self.who.encode())}", "text": self.text,
        }  # fmt: skip
        return told | ({"reply_to_message_id": self.reply_to} if self.reply_to else {})


def an_export(folder: Path, *records: Mapping[str, object], name: str = "telegram/chat.json") -> Labelled:
    return write(folder, name, {"name": "x", "messages": [*records]})


POSTS = (
    Post("Olya", "My login button does nothing on iOS, can anybody look?"),
    Post("Tom", "Which colour do the invoices get in the new theme?"),
    Post("Max", ["@", {"type": "bold", "text": "Olya"}, ", the login button waits for the keychain"], 1),
    Post("Priya", "Tom, invoices stay blue", 2),
)


def test_replies_are_hidden_and_found_again(tmp_path: Path) -> None:
    an_export(tmp_path, *(post.record(number) for number, post in enumerate(POSTS, 1)))
    found = figures(tmp_path, "telegram/chat.json")["reply_f"]
    assert (found.value, found.baseline, found.n) == (1.0, 0.0, 2)


def test_a_reply_to_a_forum_topics_first_message_is_no_reply(tmp_path: Path) -> None:
    opened = {"id": 1, "type": "service", "action": "topic_created", "date": "2026-01-05T09:00:00"}
    posts = (Post("Olya", "hello", 1), Post("Max", "hi", 2), Post("Tom", "elsewhere"))
    export = export_in(an_export(tmp_path, opened, *(post.record(n) for n, post in enumerate(posts, 2))))
    assert export.replies == {1: 0}
    assert [message.thread_id for message in export.messages] == [1, 1, None]
    assert all(message.reply_to is None for message in export.hidden)


def test_an_export_without_replies_says_so(tmp_path: Path) -> None:
    an_export(tmp_path, Post("Olya", "hello").record(1))
    with pytest.raises(BadLabels) as refused:
        figures(tmp_path, "telegram/chat.json")
    assert refused.value.where == "telegram/chat.json"


def test_decisions_are_counted_by_line(tmp_path: Path) -> None:
    talk = (
        ("09:00", "Olya", "Which day do we ship the next release?"),
        ("09:01", "Max", "Thursday is fine with me"),
        ("09:02", "Olya", "We decided to ship version 2.4 on Thursday"),
    )
    write(tmp_path, "meetings_irc_w3c.jsonl", {"messages": lines(talk, label=[None, None, "decision"])})
    found = figures(tmp_path, "meetings_irc_w3c.jsonl")
    assert (found["f1"].value, found["ap"].value) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (links.UBUNTU, '{"log": "x"}'),
        (links.UBUNTU, ""),
        (links.UBUNTU, '{"log": "x", "annotated_from": 0, "links": [[1]], "messages": []}'),
        (
            "threads_gitter.jsonl",
            '{"messages": [{"i": 0, "ts": "soon", "user": "a", "text": "b", "conversation": 0}]}',
        ),
        ("threads_gitter.jsonl", "\xff"),
        ("telegram/chat.json", "[]"),
        ("telegram/chat.json", '{"messages": [{"id": 1, "type": "message", "date": "soon"}]}'),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    with pytest.raises(BadLabels) as refused:
        figures(tmp_path, name)
    assert refused.value.where.startswith(name)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadLabels) as refused:
        list(evaluate(tmp_path / "nowhere"))
    assert refused.value.where.endswith("nowhere")


def test_a_log_the_shipped_weights_know_is_scored_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labelled = a_log(tmp_path)
    (log,) = labelled.rows(links.Log)
    linkers, is_refitted = links.log_linkers(labelled, [log])
    assert (linkers, is_refitted) == ([None], False)

    other = write(
        tmp_path, links.NEW_DOMAINS, {**json.loads(labelled.path.read_text("utf-8")), "links": [[0, 1]]}
    )
    row = json.loads(other.path.read_text("utf-8"))
    row["messages"][4]["text"] = "Max: shorter, please"
    write(tmp_path, links.NEW_DOMAINS, row)
    (known,) = Labelled(other.path, other.name).rows(links.Log)
    learned: list[int] = []

    def values(lessons: Sequence[object], _seed: int) -> Mapping[str, Any]:
        learned.append(len(lessons))
        return {"pairs": [], "own": [], "networks": []}

    monkeypatch.setattr(links, "_values", values)
    monkeypatch.setattr(links.Known, "digests", frozenset({log.digest, known.digest}))
    linkers, is_refitted = links.log_linkers(labelled, [log])
    assert is_refitted
    assert linkers[0] is not None
    assert learned == [len(known.lessons)]


def test_lines_that_pass_midnight_go_on_the_next_day() -> None:
    talk = messages_of([Line(0, "a", "x", "23:59"), Line(1, "b", "y"), Line(2, "c", "x", "00:01")])
    minutes = [(one.sent_at - talk[0].sent_at).total_seconds() / 60 for one in talk]
    assert minutes == [0, 0, 2]


def test_the_simple_rules_do_what_they_say() -> None:
    talk = messages_of([Line(i, text, user, ts) for i, (ts, user, text) in enumerate(TALK)])
    assert by_address(talk) == [None, None, 0, 1, 2]
    later = messages_of(
        [Line(0, "a", "x", "09:00"), Line(1, "b", "y", "09:10"), Line(2, "c", "x", "09:21")]
    )
    assert by_gap(later) == [None, 0, None]
