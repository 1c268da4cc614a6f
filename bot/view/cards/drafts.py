"""The lines drafts and tasks share: heading, description, owner and due, quotes, likeness, gain."""

from collections.abc import Iterable, Mapping, Sequence

from bot.view.brush import LINE_TITLE_LIMIT, QUOTE_LIMIT, TITLE_LIMIT, Brush, arrow, spaced
from bot.view.html import Markup, bold, cleaned, folded, joined, said, said_long, units
from core.domain.evidence import Quote
from core.domain.ids import ChatId
from core.domain.knowledge import AtomDraft, AtomType
from core.domain.person import Chat
from core.domain.proposal import Content
from core.domain.similarity import Similar
from core.domain.task import Assignee, Category, Due, Gain, TaskDraft

DESCRIPTION_LINE = 200
DESCRIPTION_FOLDED = 1200
WHY_LIMIT = 160
NAME_LIMIT = 40
PHRASE_LIMIT = 60
ICON_LIMIT = 8
CATEGORY_ICONS: Mapping[Category, str] = {
    Category.FEATURE: "✨",
    Category.BUG: "🐞",
    Category.IMPROVEMENT: "🔧",
    Category.QUESTION: "❓",
    Category.CHORE: "🧹",
}
ATOM_ICONS: Mapping[AtomType, str] = {
    AtomType.PROBLEM: "🧩",
    AtomType.SOLUTION: "💡",
    AtomType.DECISION: "⚖️",
    AtomType.QUESTION: "❓",
    AtomType.INSIGHT: "🔍",
    AtomType.PATTERN: "🌀",
    AtomType.REQUIREMENT: "📌",
}
_SHOWN_STEPS = 4
_DOTS = 4


def dots(confidence: float) -> str:
    """`●●●○`: confidence in [0, 1] in quarters, one at least."""
    return "●" * dot_count(confidence) + "○" * (_DOTS - dot_count(confidence))


def dot_count(confidence: float) -> int:
    """1 to 4."""
    return min(_DOTS, max(1, round(confidence * _DOTS)))


def percent(score: float) -> int:
    """A share in [0, 1] as a whole percentage."""
    return round(min(1.0, max(0.0, score)) * 100)


def icon_of(content: Content) -> str:
    """The sign of a draft's kind."""
    if isinstance(content, TaskDraft):
        return CATEGORY_ICONS[content.category]
    return ATOM_ICONS[content.type] if isinstance(content, AtomDraft) else content.icon


def kind_word(brush: Brush, content: Content) -> Markup:
    """`Bug`, `Decision` or `Subject`."""
    if isinstance(content, TaskDraft):
        return brush.say(f"category-{content.category}")
    return brush.say(f"atom-{content.type}") if isinstance(content, AtomDraft) else brush.say("subject")


def heading(brush: Brush, content: Content, topic_name: str = "") -> Markup:
    """`🐞 Bug · High`, `⚖️ Decision · Login` or `📁 Subject`."""
    kind = joined(" ", (said(icon_of(content), ICON_LIMIT), kind_word(brush, content)))
    if isinstance(content, TaskDraft):
        return joined(" · ", (kind, brush.say(f"priority-{content.priority}")))
    return joined(" · ", (kind, said(topic_name, NAME_LIMIT)))


def category_label(brush: Brush, category: Category) -> str:
    """`🐞 Bug`, for a button."""
    return f"{CATEGORY_ICONS[category]} {brush.label(f'category-{category}')}"


def title_of(content: Content) -> str:
    """The one-line name of a draft."""
    return content.title if isinstance(content, (TaskDraft, AtomDraft)) else content.name


def title_line(content: Content) -> Markup:
    """The bold title."""
    return bold(said(title_of(content), TITLE_LIMIT))


def body_of(content: Content) -> str:
    """The longer text of a draft."""
    return content.content if isinstance(content, AtomDraft) else content.description


def description(content: Content) -> Markup:
    """One line, or a folded quotation when it is longer; nothing when it only repeats the title."""
    text = cleaned(body_of(content)).strip()
    if text.casefold() == title_of(content).strip().casefold():
        return Markup("")
    if units(text) <= DESCRIPTION_LINE and "\n" not in text:
        return said(text, DESCRIPTION_LINE)
    return folded(said_long(text, DESCRIPTION_FOLDED))


def named(name: str) -> Markup:
    """A person's name as plain text: without the @ that would call them."""
    return said(name.lstrip("@"), NAME_LIMIT)


def owner(brush: Brush, assignee: Assignee | None) -> Markup:
    """`👤 Olya`, `👤 Olya? (asked)` or `👤 nobody yet`."""
    if assignee is None:
        return brush.say("card-owner-none")
    name = named(assignee.name)
    return brush.say("card-owner" if assignee.has_agreed else "card-owner-asked", name=name)


def due(brush: Brush, on: Due | None) -> Markup:
    """`📅 Fri 14 Nov, “before Friday's demo”` or `📅 no date`."""
    if on is None:
        return brush.say("card-due-none")
    if not on.phrase:
        return brush.say("card-due", day=brush.day(on.on))
    return brush.say("card-due-said", day=brush.day(on.on), phrase=said(on.phrase, PHRASE_LIMIT))


def facts(brush: Brush, content: Content) -> list[Markup]:
    """What a draft says beside its text: owner and due with blanks shown, done-criterion, steps."""
    if isinstance(content, AtomDraft):
        replaced = said(content.replaces, LINE_TITLE_LIMIT)
        return [brush.say("card-replaces", title=replaced)] if content.replaces else []
    if not isinstance(content, TaskDraft):
        return []
    found = [spaced(owner(brush, content.assignee), due(brush, content.due))]
    if content.done_criterion:
        found.append(brush.say("card-done-when", text=said(content.done_criterion, WHY_LIMIT)))
    if content.sub_tasks:
        found.append(_steps(brush, content))
    return found


def _steps(brush: Brush, draft: TaskDraft) -> Markup:
    """How many steps and the first of them; once any is ticked, what is left to do comes first."""
    count, ticked = len(draft.sub_tasks), frozenset(draft.ticked)
    if not ticked:
        steps = joined(" · ", (said(step, NAME_LIMIT) for step in draft.sub_tasks[:_SHOWN_STEPS]))
        return brush.say("card-steps", n=count, steps=steps)
    left = [step for step in draft.sub_tasks if step not in ticked]
    steps = joined(" · ", (said(f"☐ {step}", NAME_LIMIT) for step in left[:_SHOWN_STEPS]))
    return brush.say("card-steps-ticked", n=count, done=count - len(left), steps=steps)


def quote_line(brush: Brush, quote: Quote, chat: Chat | None) -> Markup:
    """`❝ Olya 10:41: “login is dead on my iPhone again” ↗`."""
    author = named(quote.author)
    text = said(quote.text, QUOTE_LIMIT)
    line = brush.say("card-quote", author=author, at=brush.moment(quote.sent_at), text=text)
    return Markup(line + arrow(chat, quote))


def quote_lines(
    brush: Brush, quotes: Sequence[Quote], chats: Mapping[ChatId, Chat], count: int
) -> list[Markup]:
    """The first `count` quotes, a line each."""
    return [quote_line(brush, quote, chats.get(quote.key.chat_id)) for quote in quotes[:count]]


def first_arrow(quotes: Sequence[Quote], chats: Mapping[ChatId, Chat]) -> Markup:
    """`↗` to the first quoted message that has an address."""
    for quote in quotes:
        found = arrow(chats.get(quote.key.chat_id), quote)
        if found:
            return found
    return Markup("")


def similar_line(brush: Brush, similar: Similar) -> Markup:
    """`≈ T-17 “Login fails after update” (related)`."""
    title = said(similar.title, LINE_TITLE_LIMIT)
    return brush.say("card-similar", name=similar.name, title=title, type=similar.type.value)


def duplicate_lines(brush: Brush, similar: Similar) -> list[Markup]:
    """`🔁 Looks like T-17 (87 %)` and what T-17 would gain."""
    title = said(similar.title, LINE_TITLE_LIMIT)
    first = brush.say("card-duplicate", name=similar.name, percent=percent(similar.score), title=title)
    gained = joined(" · ", gains(brush, similar.gain))
    if not gained:
        return [first, brush.say("card-gain-nothing", name=similar.name)]
    return [first, brush.say("card-gain", name=similar.name, gain=gained)]


def gains(brush: Brush, gain: Gain) -> Iterable[Markup]:
    """What a merge would give, a part each; none when it gives nothing."""
    if gain.messages:
        yield brush.say("gain-messages", n=gain.messages)
    if gain.priority:
        yield brush.say("gain-priority", priority=brush.say(f"priority-{gain.priority}"))
    if gain.tags:
        yield brush.say("gain-tags", n=len(gain.tags), tags=said(", ".join(gain.tags), NAME_LIMIT))
    if gain.description:
        yield brush.say("gain-text", text=said(gain.description, TITLE_LIMIT))
