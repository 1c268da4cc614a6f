"""A day in one card of at most twelve lines."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.view.brush import BLANK, Brush, Rows
from bot.view.cards import drafts
from bot.view.cards.tasks import short_facts
from bot.view.html import Markup, joined, lines, said
from bot.view.payload import Verb
from core.domain.daily.digest import Digest
from core.domain.ids import ChatId
from core.domain.knowledge import Atom
from core.domain.person import Chat
from core.domain.showing.shown import ShownDigest
from core.domain.task import Task
from core.ports.chat import Button, Card

ITEMS = 3
"""Of each kind; the rest is counted."""
_TITLE_LIMIT = 70
Known = tuple[Mapping[ChatId, Chat], Mapping[UUID, str]]
"""The chats of what is told, for links, and what its decisions replaced."""
SENTENCE_LIMIT = 200


def digest_card(brush: Brush, shown: ShownDigest) -> Card:
    """What was decided, found and left open; for reviewers also what waits and what was left out."""
    digest = shown.digest
    body = [
        atoms_line(brush, digest.decided, "digest-decided", (shown.chats, shown.replaced)),
        tasks_line(brush, digest.tasks, shown.chats),
        atoms_line(brush, digest.questions, "digest-open", (shown.chats, shown.replaced)),
    ]
    if digest.is_empty:
        body = [brush.say("digest-quiet")]
    if shown.is_for_reviewers:
        body += [waiting_line(brush, digest), left_out_line(brush, digest)]
    worded = [brush.say("digest-sentence", text=said(one.text, SENTENCE_LIMIT)) for one in shown.sentences]
    return Card(lines(_head(brush, digest), *worded[:ITEMS], *body), _rows(brush, shown))


def _head(brush: Brush, digest: Digest) -> Markup:
    head = brush.say("digest-head", project=digest.project.name, day=brush.day(digest.day))
    if digest.messages == 0:
        return head
    read = brush.say("digest-read", n=digest.messages, conversations=digest.conversations)
    return Markup(f"{head}{BLANK}{read}")


def atoms_line(brush: Brush, atoms: Sequence[Atom], key: str, known: Known) -> Markup:
    """`✅ Decided  Ship 2.4 on Thu (replaces “Wed”) ↗ · …`; nothing without any."""
    told = [_atom(brush, atom, known) for atom in atoms[:ITEMS]]
    return _line(brush, brush.say(key), told, len(atoms))


def _atom(brush: Brush, atom: Atom, known: Known) -> Markup:
    chats, replacing = known
    title = said(atom.title, _TITLE_LIMIT)
    arrow = drafts.first_arrow(atom.evidence.quotes, chats)
    replaced = replacing.get(atom.id, "")
    if replaced:
        return Markup(title + brush.say("notes-replaces", title=said(replaced, drafts.NAME_LIMIT)) + arrow)
    if atom.type == "question":
        return Markup(title + brush.say("digest-age", span=brush.since(atom.valid_from)) + arrow)
    return Markup(title + arrow)


def tasks_line(brush: Brush, tasks: Sequence[Task], chats: Mapping[ChatId, Chat]) -> Markup:
    """`🆕 Tasks  T-42 Login on iOS, nobody yet ↗ · …`; nothing without any."""
    told = [
        brush.say(
            "digest-task", name=task.name, title=said(task.whole.title, _TITLE_LIMIT),
            facts=short_facts(brush, task), arrow=drafts.first_arrow(task.evidence.quotes, chats),
        )
        for task in tasks[:ITEMS]
    ]  # fmt: skip
    return _line(brush, brush.say("digest-tasks"), told, len(tasks))


def _line(brush: Brush, label: Markup, told: list[Markup], count: int) -> Markup:
    if not told:
        return Markup("")
    if count > len(told):
        told.append(brush.say("digest-more", n=count - len(told)))
    return joined(" ", (label, joined(" · ", told)))


def waiting_line(brush: Brush, digest: Digest) -> Markup:
    """How much waits for a decision, and since when."""
    if digest.waiting == 0:
        return Markup("")
    if digest.oldest_waiting is None:
        return brush.say("digest-waiting", n=digest.waiting)
    return brush.say("digest-waiting-since", n=digest.waiting, span=brush.since(digest.oldest_waiting))


def left_out_line(brush: Brush, digest: Digest) -> Markup:
    """What was read and not proposed, counted."""
    counts = (
        ("digest-small-talk", digest.left_out),
        ("digest-known", digest.already_known),
        ("digest-rejected", digest.rejected_before),
        ("digest-unsure", digest.unsure),
    )
    told = joined(", ", (brush.say(key, n=n) for key, n in counts if n))
    return brush.say("digest-left-out", what=told) if told else Markup("")


def _rows(brush: Brush, shown: ShownDigest) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if shown.is_for_reviewers and shown.digest.waiting:
        rows.append((brush.press(Verb.REVIEW, "button-review-now"),))
    thumbs = [brush.press(Verb.THUMBS_UP, "button-thumbs-up")]
    thumbs.append(brush.press(Verb.THUMBS_DOWN, "button-thumbs-down"))
    rows.append((*thumbs, brush.press(Verb.PAUSE_WEEK, "button-pause-week")))
    if shown.may_share:
        rows.append((brush.press(Verb.SHARE, "button-share"),))
    return tuple(rows)
