"""A day in one card of at most twelve lines."""

from collections.abc import Sequence

from bot.view.brush import BLANK, Brush, Rows
from bot.view.cards import drafts
from bot.view.cards.tasks import short_facts
from bot.view.html import Markup, joined, lines, said
from bot.view.payload import Verb
from core.domain.daily.digest import Digest
from core.domain.knowledge import Atom
from core.domain.showing.shown import ShownDigest
from core.domain.task import Task
from core.ports.chat import Button, Card

ITEMS = 3
"""Of each kind; the rest is counted."""
_TITLE_LIMIT = 70
SENTENCE_LIMIT = 200


def digest_card(brush: Brush, shown: ShownDigest) -> Card:
    """What was decided, found and left open; for reviewers also what waits and what was left out."""
    digest = shown.digest
    body = [
        _atoms(brush, shown, "digest-decided", digest.decided),
        _tasks(brush, shown, digest.tasks),
        _atoms(brush, shown, "digest-open", digest.questions),
    ]
    if digest.is_empty:
        body = [brush.say("digest-quiet")]
    if shown.is_for_reviewers:
        body += [_waiting(brush, digest), _left_out(brush, digest)]
    worded = [brush.say("digest-sentence", text=said(one.text, SENTENCE_LIMIT)) for one in shown.sentences]
    return Card(lines(_head(brush, digest), *worded[:ITEMS], *body), _rows(brush, shown))


def _head(brush: Brush, digest: Digest) -> Markup:
    head = brush.say("digest-head", project=digest.project.name, day=brush.day(digest.day))
    if digest.messages == 0:
        return head
    read = brush.say("digest-read", n=digest.messages, conversations=digest.conversations)
    return Markup(f"{head}{BLANK}{read}")


def _atoms(brush: Brush, shown: ShownDigest, key: str, atoms: Sequence[Atom]) -> Markup:
    told = [_atom(brush, shown, atom) for atom in atoms[:ITEMS]]
    return _line(brush, brush.say(key), told, len(atoms))


def _atom(brush: Brush, shown: ShownDigest, atom: Atom) -> Markup:
    title = said(atom.title, _TITLE_LIMIT)
    arrow = drafts.first_arrow(atom.evidence.quotes, shown.chats)
    replaced = shown.replaced.get(atom.id, "")
    if replaced:
        return Markup(title + brush.say("notes-replaces", title=said(replaced, drafts.NAME_LIMIT)) + arrow)
    if atom.type == "question":
        return Markup(title + brush.say("digest-age", span=brush.since(atom.valid_from)) + arrow)
    return Markup(title + arrow)


def _tasks(brush: Brush, shown: ShownDigest, tasks: Sequence[Task]) -> Markup:
    told = [
        brush.say(
            "digest-task", name=task.name, title=said(task.whole.title, _TITLE_LIMIT),
            facts=short_facts(brush, task), arrow=drafts.first_arrow(task.evidence.quotes, shown.chats),
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


def _waiting(brush: Brush, digest: Digest) -> Markup:
    if digest.waiting == 0:
        return Markup("")
    if digest.oldest_waiting is None:
        return brush.say("digest-waiting", n=digest.waiting)
    return brush.say("digest-waiting-since", n=digest.waiting, span=brush.since(digest.oldest_waiting))


def _left_out(brush: Brush, digest: Digest) -> Markup:
    counts = (
        ("digest-small-talk", digest.left_out),
        ("digest-known", digest.already_known),
        ("digest-rejected", digest.rejected_before),
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
