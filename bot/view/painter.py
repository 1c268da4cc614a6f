"""The Painter: what is shown goes to the module that knows how it looks."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.view.brush import Brush
from bot.view.cards import (
    agents,
    bundles,
    digests,
    following,
    imports,
    known,
    lists,
    money,
    notes,
    notices,
    privacy,
    projects,
    proposals,
    quotations,
    reminders,
    runs,
    sessions,
    settings,
    setup,
    tasks,
    trust,
)
from bot.view.texts import Texts
from core.domain.showing.shown import (
    Reader,
    Shown,
    ShownBlocked,
    ShownBundle,
    ShownDigest,
    ShownEstimate,
    ShownNotes,
    ShownNotice,
    ShownProposal,
    ShownQuotation,
    ShownRun,
    ShownSession,
    ShownTask,
    TakenAway,
    Withheld,
)
from core.domain.showing.shown_agents import ShownAgents, ShownBudget, ShownEmbedding
from core.domain.showing.shown_following import ShownHint, ShownNews, ShownWatches, ShownWeek
from core.domain.showing.shown_known import ShownAnswer, ShownFound, ShownNote, ShownTopic
from core.domain.showing.shown_lists import (
    ShownPending,
    ShownRuns,
    ShownStatus,
    ShownTasks,
    ShownTopics,
    ShownTrust,
)
from core.domain.showing.shown_living import ShownExport, ShownReminder
from core.domain.showing.shown_setup import (
    ShownHelp,
    ShownImport,
    ShownOpening,
    ShownPrivacy,
    ShownProject,
    ShownReviewers,
    ShownSchedule,
    ShownSetup,
)
from core.domain.showing.spot import Spot
from core.ports.chat import Card


def _bundle_card(brush: Brush, shown: ShownBundle) -> Card:
    parts = [PAINTERS[type(part)](brush, part) for part in shown.parts]
    return bundles.bundle_card(brush, shown, parts)


PAINTERS: Mapping[type[Shown], Callable[[Brush, Any], Card]] = {
    ShownProposal: proposals.proposal_card,
    ShownNotes: notes.notes_list,
    ShownRun: runs.run_card,
    ShownEstimate: runs.estimate_card,
    ShownBlocked: runs.blocked_card,
    ShownSession: sessions.session_card,
    ShownDigest: digests.digest_card,
    ShownTask: tasks.task_card,
    ShownTasks: tasks.task_list,
    ShownWatches: following.watches_card,
    ShownNews: following.news_card,
    ShownWeek: following.week_card,
    ShownHint: following.hint_card,
    ShownPending: lists.pending_list,
    ShownRuns: lists.run_list,
    ShownTopics: known.topic_list,
    ShownTopic: known.topic_card,
    ShownNote: known.note_card,
    ShownAnswer: known.answer_card,
    ShownFound: known.found_list,
    ShownReminder: reminders.reminder_card,
    ShownExport: reminders.export_card,
    ShownTrust: trust.trust_card,
    ShownStatus: projects.status_card,
    ShownProject: settings.settings_card,
    ShownReviewers: projects.reviewers_card,
    ShownSchedule: projects.schedule_card,
    ShownSetup: setup.setup_card,
    ShownOpening: projects.opening_card,
    ShownImport: imports.import_card,
    ShownHelp: notices.help_card,
    ShownPrivacy: privacy.privacy_card,
    ShownBudget: money.budget_card,
    ShownAgents: agents.agents_card,
    ShownEmbedding: agents.embedding_card,
    ShownNotice: notices.notice_card,
    ShownQuotation: quotations.quotation_card,
    TakenAway: notices.taken_away_card,
    Withheld: notices.withheld_card,
    ShownBundle: _bundle_card,
}
"""One painter for each thing that can be shown; a test holds it complete."""


class CardPainter:
    """Paints cards; pure, within Telegram's limits."""

    def __init__(self, texts: Texts) -> None:
        """Speak with these texts."""
        self._texts = texts

    def paint(self, shown: Shown, reader: Reader, spot: Spot) -> Card:
        """The card. Raises MissingText for a notice nobody wrote a sentence for."""
        return PAINTERS[type(shown)](Brush(self._texts, reader, spot.id), shown)
