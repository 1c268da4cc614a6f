"""What is known: answers, what a search found, subjects and notes."""

from collections.abc import Callable, Mapping, Sequence

from bot.view.brush import LINE_TITLE_LIMIT, QUOTE_LIMIT, TITLE_LIMIT, Brush, Rows, arrow, rows_of
from bot.view.cards import drafts, panels
from bot.view.html import Markup, bold, joined, lines, said
from bot.view.payload import Verb
from core.domain.evidence import SHOWN_QUOTES, Quote
from core.domain.ids import ChatId
from core.domain.knowledge import Atom, AtomDraft
from core.domain.message import Message
from core.domain.person import Chat
from core.domain.showing.shown_known import Linked, ShownAnswer, ShownFound, ShownNote, ShownTopic
from core.domain.showing.shown_lists import ShownTopics
from core.domain.showing.view_known import KnownPanel
from core.domain.task import Task
from core.ports.chat import Button, Card

_OPENS_A_ROW = 5
_ICON_LIMIT = 8
_LINKS_SHOWN = 6
_OTHERS_SHOWN = 12
SENTENCE_LIMIT = 300
Item = Atom | Task


def answer_card(brush: Brush, shown: ShownAnswer) -> Card:
    """The question, and what the team kept about it with who said it; or that nothing is known."""
    view = shown.view
    head = brush.say("answer-question", question=said(view.question, TITLE_LIMIT))
    when = brush.say("answer-as-of", day=brush.day(view.as_of)) if view.as_of else Markup("")
    without = brush.say("answer-without-model") if view.is_without_model else Markup("")
    if not shown.cited:
        return Card(lines(head, when, without, brush.say("answer-unknown", project=shown.project.name)))
    worded = [
        brush.say("answer-sentence", text=said(one.text, SENTENCE_LIMIT), name=one.item.name)
        for one in shown.sentences
    ]
    body = [line for item in shown.cited for line in _cited(brush, item, shown.chats)]
    opens = rows_of([_open(brush, one) for one in shown.cited], _OPENS_A_ROW)
    return Card(lines(head, when, without, *worded, *body), opens)


def found_list(brush: Brush, shown: ShownFound) -> Card:
    """Notes, tasks and messages, a line each."""
    head = brush.say(
        "found-head",
        n=shown.total,
        query=said(shown.view.query, LINE_TITLE_LIMIT),
        project=shown.project.name,
    )
    body = [_found(brush, one, shown.chats) for one in shown.found]
    opens = [_open(brush, one) for one in shown.found if not isinstance(one, Message)]
    rows = (*rows_of(opens, _OPENS_A_ROW), *brush.pages(shown.view.page, shown.pages))
    return Card(lines(head, *body), rows)


def topic_list(brush: Brush, shown: ShownTopics) -> Card:
    """Subjects with how many notes each holds, and a button to open each."""
    if not shown.topics:
        return Card(brush.say("list-topics-none", project=shown.project.name))
    body = [
        brush.say("list-topic", icon=said(icon, _ICON_LIMIT), name=said(name, LINE_TITLE_LIMIT), n=count)
        for _, icon, name, count in shown.topics
    ]
    opens = [
        brush.named(Verb.OPEN, f"{icon} {name}", on=f"S-{number}") for number, icon, name, _ in shown.topics
    ]
    head = brush.say("list-topics", project=shown.project.name)
    return Card(lines(head, *body), (*rows_of(opens, 2), *brush.pages(shown.view.page, shown.pages)))


def topic_card(brush: Brush, shown: ShownTopic) -> Card:
    """A subject with a page of its notes, or what it has open."""
    panel = _TOPIC_PANELS.get(shown.view.panel)
    return _topic(brush, shown) if panel is None else panel(brush, shown)


def _topic(brush: Brush, shown: ShownTopic) -> Card:
    state = _topic_state(brush, shown)
    count = brush.say("topic-notes", n=shown.total)
    body = [_note_line(brush, note, shown.chats) for note in shown.notes]
    opens = [_open(brush, note) for note in shown.notes]
    rows = (
        *rows_of(opens, _OPENS_A_ROW),
        *brush.pages(shown.view.page, shown.pages),
        *_topic_rows(brush, shown),
    )
    about = said(shown.topic.description, TITLE_LIMIT)
    return Card(lines(_topic_title(shown), about, state, count, *body), rows)


def _topic_title(shown: ShownTopic) -> Markup:
    topic = shown.topic
    return joined(" ", (said(topic.icon, _ICON_LIMIT), bold(said(topic.name, TITLE_LIMIT))))


def _topic_state(brush: Brush, shown: ShownTopic) -> Markup:
    topic = shown.topic
    if topic.merged_into is not None:
        return brush.say("topic-merged-into", name=said(shown.merged_into or "…", LINE_TITLE_LIMIT))
    if topic.archived_at is not None:
        return brush.say("topic-archived", day=brush.day_of(topic.archived_at))
    return Markup("")


def _topic_rows(brush: Brush, shown: ShownTopic) -> Rows:
    history = brush.press(Verb.HISTORY, "button-history")
    if not shown.may_change:
        return ((history,),)
    if not shown.topic.is_live:
        return ((brush.press(Verb.BRING_BACK, "button-topic-back"), history),)
    rename = brush.press(Verb.EDIT, "button-topic-rename")
    merge = brush.press(Verb.MERGE, "button-topic-merge")
    return ((rename, merge), (brush.press(Verb.ARCHIVE, "button-topic-archive"), history))


def _topic_history(brush: Brush, shown: ShownTopic) -> Card:
    head = brush.say("panel-history", name=said(shown.topic.name, LINE_TITLE_LIMIT))
    return Card(lines(head, panels.changes(brush, shown.history)), (brush.back(),))


def _topic_rename(brush: Brush, shown: ShownTopic) -> Card:
    return Card(lines(_topic_title(shown), brush.say("topic-rename")), (brush.back(),))


def _topic_merge(brush: Brush, shown: ShownTopic) -> Card:
    picks = [
        brush.named(Verb.PICK, f"{one.icon} {one.name}", on=f"S-{one.number}")
        for one in shown.others[:_OTHERS_SHOWN]
    ]
    text = brush.say("topic-merge" if picks else "topic-merge-none")
    return Card(lines(_topic_title(shown), text), (*rows_of(picks, 2), brush.back()))


_TOPIC_PANELS: Mapping[KnownPanel, Callable[[Brush, ShownTopic], Card]] = {
    KnownPanel.HISTORY: _topic_history,
    KnownPanel.RENAME: _topic_rename,
    KnownPanel.MERGE: _topic_merge,
}


def note_card(brush: Brush, shown: ShownNote) -> Card:
    """A note with its validity, its links and who said it, or what it has open."""
    atom, view = shown.atom, shown.view
    if view.panel is KnownPanel.SOURCES:
        head = brush.say("panel-sources", name=atom.name, n=atom.evidence.message_count)
        return Card(lines(head, panels.sources(brush, atom.evidence, shown.chats)), (brush.back(),))
    if view.panel is KnownPanel.HISTORY:
        head = brush.say("panel-history", name=atom.name)
        return Card(lines(head, panels.changes(brush, shown.history)), (brush.back(),))
    draft = AtomDraft(atom.type, atom.title, atom.content)
    links = [_link(brush, one) for one in shown.links[:_LINKS_SHOWN]]
    quotes = drafts.quote_lines(brush, atom.evidence.quotes, shown.chats, SHOWN_QUOTES)
    text = lines(
        drafts.heading(brush, draft, shown.topic_name), drafts.title_line(draft), drafts.description(draft),
        _validity(brush, atom), *links, *quotes, Markup(atom.name),
    )  # fmt: skip
    looks = (
        brush.press(Verb.SOURCES, "button-sources", n=atom.evidence.message_count),
        brush.press(Verb.HISTORY, "button-history"),
    )
    linked = [_open(brush, one.atom) for one in shown.links[:_LINKS_SHOWN]]
    return Card(text, (*rows_of(linked, _OPENS_A_ROW), looks))


def _link(brush: Brush, linked: Linked) -> Markup:
    title = said(linked.atom.title, LINE_TITLE_LIMIT)
    side = "to" if linked.is_from_here else "from"
    return brush.say(f"link-{side}", type=linked.type.value, name=linked.atom.name, title=title)


def _validity(brush: Brush, atom: Atom) -> Markup:
    since = brush.day_of(atom.valid_from)
    if atom.valid_until is None:
        return brush.say("note-since", since=since)
    return brush.say("note-until", since=since, until=brush.day_of(atom.valid_until))


def _cited(brush: Brush, item: Item, chats: Mapping[ChatId, Chat]) -> list[Markup]:
    """A citation: what it is, until when it held, and the first who said so, with the link."""
    quotes = _quotes(item)[:1]
    return [_line(brush, item), *drafts.quote_lines(brush, quotes, chats, 1)]


def _found(brush: Brush, item: Item | Message, chats: Mapping[ChatId, Chat]) -> Markup:
    if isinstance(item, Message):
        quote = Quote(item.key, item.text, item.author.name, item.sent_at, item.thread_id)
        text = said(item.text, QUOTE_LIMIT)
        author, at = drafts.named(quote.author), brush.moment(item.sent_at)
        line = brush.say("card-quote", author=author, at=at, text=text)
        return Markup(line + arrow(chats.get(item.key.chat_id), quote))
    return Markup(_line(brush, item) + drafts.first_arrow(_quotes(item), chats))


def _note_line(brush: Brush, note: Atom, chats: Mapping[ChatId, Chat]) -> Markup:
    return Markup(_line(brush, note) + drafts.first_arrow(note.evidence.quotes, chats))


def _line(brush: Brush, item: Item) -> Markup:
    """`⚖️ N-12 Ship 2.4 on Thursday (until Tue 11 Nov)`."""
    if isinstance(item, Task):
        icon, title = drafts.icon_of(item.whole), item.whole.title
        after = brush.say(f"task-status-{item.status}")
    else:
        icon, title = drafts.ATOM_ICONS[item.type], item.title
        until = item.valid_until
        after = brush.say("note-over", until=brush.day_of(until)) if until is not None else Markup("")
    return joined(" ", (Markup(icon), bold(Markup(item.name)), said(title, LINE_TITLE_LIMIT), after))


def _quotes(item: Item) -> Sequence[Quote]:
    return (item.whole_evidence if isinstance(item, Task) else item.evidence).quotes


def _open(brush: Brush, item: Item) -> Button:
    return brush.named(Verb.OPEN, item.name, on=item.name)
