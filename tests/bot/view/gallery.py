"""Every thing that can be shown, by a name a person would know it by."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from bot.view.html import plain
from bot.view.payload import Press, Verb, press_of
from core.domain.agent import RULES, Agent, AgentKey
from core.domain.conversation import Estimate
from core.domain.daily.digest import Digest
from core.domain.daily.reminder import Agenda
from core.domain.experiment import Comparison, Record
from core.domain.ids import ChatId, Kind, Ref
from core.domain.knowledge import Atom, AtomType
from core.domain.money import Budget, Spent
from core.domain.patch import Patch
from core.domain.person import Binding
from core.domain.proposal import (
    ProposalStatus,
    Reason,
    Recommendation,
    RejectedBefore,
    Source,
)
from core.domain.run import (
    Outcomes,
    RunStatus,
    Stage,
    Tally,
)
from core.domain.showing.panel import Panel
from core.domain.showing.shown import (
    Shown,
    ShownBlocked,
    ShownBundle,
    ShownEstimate,
    ShownNotice,
    ShownQuotation,
    ShownRun,
    SieveChoice,
    TakenAway,
    Withheld,
)
from core.domain.showing.shown_agents import ShownAgents, ShownBudget, ShownEmbedding
from core.domain.showing.shown_known import Merged
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
)
from core.domain.showing.sieve import Age, Band, Sieve
from core.domain.showing.view import (
    BlockedCard,
    Bulk,
    Bundle,
    EstimateCard,
    NotesList,
    Notice,
    PendingList,
    ProposalCard,
    Quotation,
    ReviewersCard,
    RunCard,
    RunList,
    ScheduleCard,
    SessionCard,
    StatusCard,
    StatusSaid,
    TaskCard,
    TaskFilter,
    TaskList,
    TopicList,
    TrustCard,
)
from core.domain.showing.view_agents import AgentsCard, BudgetCard, EmbeddingCard
from core.domain.showing.view_living import ExportCard, ReminderCard
from core.domain.showing.view_settings import ProjectCard
from core.domain.showing.view_setup import HelpCard, ImportCard, OpeningCard, PrivacyCard, SetupStep
from core.domain.task import (
    Assignee,
    Category,
    Contribution,
    Due,
    Gain,
    Priority,
    TaskStatus,
)
from core.domain.trust import Trust
from core.ports.chat import Card
from tests.bot.view import known
from tests.bot.view.following import FOLLOWING
from tests.bot.view.samples import (
    ACCURACY,
    BASIC,
    BUG,
    CHAT,
    CHATS,
    CONFIDENT,
    DECISION,
    EVIDENCE,
    GROUP,
    HISTORY,
    NOW,
    PEOPLE,
    PROGRESS,
    PROJECT,
    RELATED,
    RUN,
    SAME,
    SCHEDULES,
    STORE,
    SUBJECT,
    TRUST,
    UNDO_UNTIL,
    WORDED,
    ago,
    digest,
    note,
    notes,
    paint,
    proposal,
    run,
    session,
    settled,
    setup,
    shown,
    shown_task,
    task,
    uid,
)

OLD = Atom(
    uid(90), PROJECT.id, 9, AtomType.DECISION, "Ship 2.4 on Wednesday", "", 0.9, ago(days=9), ago(days=9),
    evidence=EVIDENCE,
)  # fmt: skip
STEPS = ("draw it", "build it", "ship it")
PATCH = Patch(
    priority=Priority.CRITICAL, owner=Assignee("Max"), due=Due(date(2025, 11, 17)), unclear=("and soon",)
)


def _changing(patch: Patch) -> ProposalCard:
    return ProposalCard(uid(118), Panel.CHANGE, patch=patch)


MONTH = Budget(10.0, Spent(9.2, 1, 84, 1_200_000, 90_000))
OUT_OF_MONEY = ShownRun(
    RunCard(RUN.id),
    replace(RUN, status=RunStatus.FAILED),
    PROJECT,
    replace(PROGRESS, done=6, errors=("budget",)),
    Tally(pending=4),
    budget=MONTH,
)
CAREFUL = Agent("careful", "anthropic:claude-haiku-4-5", 2)
BUILT_IN_RECORD = Record(AgentKey("rules", 1), "built-in", Stage.TASKS, 9, 21, 4, 12, 3, 2)
CAREFUL_RECORD = Record(
    AgentKey("careful", 2), "anthropic:claude-haiku-4-5", Stage.TASKS, 8, 24, 1, 6, 2, cost_usd=1.84
)
PRICELESS_RECORD = Record(AgentKey("careful", 2), "own:model", Stage.TASKS, 30, 240, 1, 6, 2, cost_usd=None)
ASSIGNED = ((Stage.KNOWLEDGE, ("rules",)), (Stage.TASKS, ("rules", "careful")))

PROPOSALS: Mapping[str, Shown] = {
    "task card": shown(),
    "task card, owner asked": shown(
        proposal(replace(BUG, assignee=Assignee("Olya"), sub_tasks=("Reproduce", "Fix")))
    ),
    "task card, duplicate": shown(proposal(similar=SAME, recommendation=Recommendation.MERGE)),
    "task card, rejected before": shown(
        proposal(similar=None, rejected_before=RejectedBefore(ago(days=9), Reason.TOO_VAGUE, 3))
    ),
    "task card, better not": shown(
        proposal(similar=None, recommendation=Recommendation.REJECT, confidence=0.4)
    ),
    "task card, long": shown(proposal(replace(BUG, description="The button is dead. " * 40))),
    "task card, captured": shown(proposal(run_id=None, source=Source.BUG, similar=None, reasoning="")),
    "merged, taken out at any time": shown(settled(ProposalStatus.MERGED), result_name="T-17"),
    "panel merged": replace(
        shown(panel=Panel.MERGED),
        joined=1,
        merged=(Merged(settled(ProposalStatus.MERGED), Gain(messages=2)),),
    ),
    "decision changed": shown(note(2, DECISION), topic_name="Releases", opposed=OLD),
    "note card": shown(note(2, DECISION), topic_name="Releases"),
    "subject card": shown(note(3, SUBJECT)),
    "card, put off": shown(proposal(snoozed_until=NOW + timedelta(hours=19))),
    "settled, approved": shown(
        settled(ProposalStatus.APPROVED, was_edited=True), result_name="T-42", undo_until=UNDO_UNTIL
    ),
    "settled, approved long ago": shown(
        settled(ProposalStatus.APPROVED, at=ago(days=3)), result_name="T-42"
    ),
    "settled, kept": shown(
        settled(ProposalStatus.APPROVED, note(2, DECISION)), result_name="Ship 2.4 on Thursday"
    ),
    "settled, rejected": shown(settled(ProposalStatus.REJECTED), undo_until=UNDO_UNTIL),
    "settled, rejected with a reason": shown(
        settled(ProposalStatus.REJECTED, reason=Reason.TOO_VAGUE), undo_until=UNDO_UNTIL
    ),
    "settled, reason by reply": shown(
        settled(ProposalStatus.REJECTED), Panel.REASONS, undo_until=UNDO_UNTIL
    ),
    "settled, dropped": shown(settled(ProposalStatus.REJECTED, note(2, DECISION)), undo_until=UNDO_UNTIL),
    "settled, merged": shown(settled(ProposalStatus.MERGED), result_name="T-17", undo_until=UNDO_UNTIL),
    "settled, let go": shown(settled(ProposalStatus.EXPIRED, by="", by_id=None, reason=Reason.AGE)),
    "settled, replaced": shown(settled(ProposalStatus.REPLACED), result_name="P-130"),
    "settled, by itself": shown(settled(ProposalStatus.APPROVED, by="", by_id=None), result_name="T-42"),
    "panel later": shown(panel=Panel.LATER),
    "panel merge": shown(panel=Panel.MERGE, candidates=(SAME, RELATED)),
    "panel merge, searched": shown(panel=Panel.MERGE, query="login", candidates=(RELATED,)),
    "panel merge, none": shown(panel=Panel.MERGE),
    "panel preview": shown(panel=Panel.PREVIEW, preview=SAME),
    "panel more": shown(panel=Panel.MORE),
    "panel sources": shown(panel=Panel.SOURCES),
    "panel history": shown(panel=Panel.HISTORY, history=HISTORY),
    "panel edit": shown(panel=Panel.EDIT),
    "panel edit, note": shown(note(2, DECISION), Panel.EDIT),
    "panel title": shown(panel=Panel.TITLE),
    "panel change": shown(view=_changing(PATCH)),
    "panel change, nothing": shown(view=_changing(Patch(title=BUG.title))),
    "panel change, note": shown(note(2, DECISION), view=_changing(Patch(title="Ship 2.4 on Friday"))),
    "panel split": shown(
        proposal(replace(BUG, sub_tasks=("Reproduce it", "Fix it", "Tell the client"))),
        view=ProposalCard(uid(118), Panel.SPLIT, left_out=frozenset({2})),
    ),
    "panel project": shown(panel=Panel.PROJECT, projects=(replace(PROJECT, id=uid(70), name="Web"),)),
    "panel project, no other": shown(panel=Panel.PROJECT),
    "panel combine": shown(panel=Panel.COMBINE, candidates=(SAME,)),
    "panel more, note": shown(note(2, DECISION), Panel.MORE),
    "task card, joined": shown(joined=2),
    "panel priority": shown(panel=Panel.PRIORITY),
    "panel category": shown(panel=Panel.CATEGORY),
    "panel due": shown(panel=Panel.DUE),
    "panel owner": shown(panel=Panel.OWNER, people=PEOPLE),
}
"""Cards of one proposal, their panels, what they become."""

RUNS: Mapping[str, Shown] = {
    "notes": notes(),
    "notes, second page": notes(view=NotesList(RUN.id, page=1), pages=2, pending=11, ticked=9),
    "notes, more": notes(view=NotesList(RUN.id, panel=Panel.MORE)),
    "notes, only drops": notes(view=NotesList(RUN.id, unticked=frozenset({uid(201)})), ticked=0),
    "notes, costly": notes(may_find_tasks_free=False),
    "notes, kept": notes(
        view=NotesList(RUN.id, act_id=uid(5)),
        kept=8,
        dropped=1,
        left=2,
        undo_until=UNDO_UNTIL,
    ),
    "notes, none left": notes(pending=0),
    "notes, some withheld": notes(withheld=2),
    "run waiting": run(RunStatus.PENDING),
    "run reading": run(RunStatus.RUNNING),
    "run finding tasks after keeping": run(
        RunStatus.RUNNING, Stage.TASKS, view=RunCard(RUN.id, kept_act_id=uid(5)), undo_until=UNDO_UNTIL
    ),
    "run completed": run(RunStatus.COMPLETED, tally=Tally(pending=7, approved=2, rejected=1)),
    "run completed, nothing": run(RunStatus.COMPLETED),
    "run reviewed": run(RunStatus.REVIEWED, tally=Tally(approved=6, rejected=1)),
    "run failed": run(
        RunStatus.FAILED, progress=replace(PROGRESS, done=6, failed=3, errors=("timeout of the model",))
    ),
    "run cancelled": run(RunStatus.CANCELLED, tally=Tally(pending=5)),
    "run closing": run(RunStatus.COMPLETED, view=RunCard(RUN.id, Panel.CONFIRM), tally=Tally(pending=3)),
    "run closing, all decided": run(
        RunStatus.REVIEWED, view=RunCard(RUN.id, Panel.CONFIRM), tally=Tally(approved=3)
    ),
    "run closed": run(RunStatus.CLOSED, Stage.TASKS, accuracy=ACCURACY),
    "estimate": ShownEstimate(
        EstimateCard(PROJECT.id, Stage.KNOWLEDGE), PROJECT, Estimate(412, 118, 9, 40.0, oldest=ago(days=1))
    ),
    "estimate, priced": ShownEstimate(
        EstimateCard(PROJECT.id, Stage.TASKS), PROJECT, Estimate(12, 12, 5, 90.0, 18_400, 0.031)
    ),
    "estimate, within the budget": ShownEstimate(
        EstimateCard(PROJECT.id, Stage.TASKS), PROJECT, Estimate(12, 12, 5, 90.0, 18_400, 0.031), MONTH
    ),
    "estimate, above the budget": ShownEstimate(
        EstimateCard(PROJECT.id, Stage.TASKS), PROJECT, Estimate(90, 90, 9, 90.0, 400_000, 2.5), MONTH
    ),
    "estimate, without a price": ShownEstimate(
        EstimateCard(PROJECT.id, Stage.TASKS), PROJECT, Estimate(9, 9, 3, 90.0, 18_400, None), MONTH
    ),
    "run, out of money": OUT_OF_MONEY,
    "run, raising the budget": replace(OUT_OF_MONEY, view=RunCard(RUN.id, Panel.BUDGET)),
    "budget": ShownBudget(
        BudgetCard(PROJECT.id),
        PROJECT,
        MONTH,
        (("read", "openai:gpt-5-mini", MONTH.spent), ("find", "ollama:qwen3:14b", Spent(0.0, 2, 2))),
        12,
    ),
    "budget, free only": ShownBudget(BudgetCard(PROJECT.id), PROJECT, Budget(0.0), (), 0),
    "agents": ShownAgents(
        AgentsCard(PROJECT.id),
        PROJECT,
        (RULES, CAREFUL),
        (BUILT_IN_RECORD, CAREFUL_RECORD),
        ASSIGNED,
        (Comparison(BUILT_IN_RECORD, CAREFUL_RECORD),),
    ),
    "agents, one better": ShownAgents(
        AgentsCard(PROJECT.id),
        PROJECT,
        (RULES, CAREFUL),
        (BUILT_IN_RECORD, PRICELESS_RECORD),
        ASSIGNED,
        (Comparison(BUILT_IN_RECORD, PRICELESS_RECORD),),
    ),
    "embedding": ShownEmbedding(EmbeddingCard("openai:text-embedding-3-small"), 1200, 8400),
    "embedding, done": ShownEmbedding(EmbeddingCard("openai:text-embedding-3-small"), 8400, 8400),
    "agents, none yet": ShownAgents(AgentsCard(PROJECT.id), PROJECT, (RULES,), (), ASSIGNED),
    "agents, choosing": ShownAgents(
        AgentsCard(PROJECT.id, Stage.TASKS), PROJECT, (RULES, CAREFUL), (), ASSIGNED
    ),
    "estimate, nothing": ShownEstimate(
        EstimateCard(PROJECT.id, Stage.TASKS), PROJECT, Estimate(0, 0, 0, 0.0)
    ),
    "blocked": ShownBlocked(
        BlockedCard(PROJECT.id, RUN.id, Stage.KNOWLEDGE),
        PROJECT,
        replace(RUN, status=RunStatus.COMPLETED),
        3,
    ),
    "blocked, at work": ShownBlocked(
        BlockedCard(PROJECT.id, RUN.id, Stage.KNOWLEDGE), PROJECT, replace(RUN, status=RunStatus.RUNNING), 0
    ),
    "blocked, no more": ShownBlocked(
        BlockedCard(PROJECT.id, RUN.id, Stage.KNOWLEDGE), PROJECT, replace(RUN, status=RunStatus.CLOSED), 0
    ),
}
"""Notes and runs."""

CHOICES = (
    SieveChoice(Sieve(type=Category.BUG), 4, is_chosen=True),
    SieveChoice(Sieve(type=AtomType.DECISION), 3),
    SieveChoice(Sieve(subject=uid(60)), 5, name="Login"),
    SieveChoice(Sieve(band=Band.UNSURE), 2),
    SieveChoice(Sieve(age=Age.OLDER), 1),
)
DAYS: Mapping[str, Shown] = {
    "session": session(confident=CONFIDENT),
    "session, first with unread": session(position=1, unread=212),
    "session, confirm": session(
        view=SessionCard(PROJECT.id, panel=Panel.CONFIRM), confident=CONFIDENT, chosen=CONFIDENT
    ),
    "session, confirm merges": session(
        view=SessionCard(PROJECT.id, panel=Panel.CONFIRM, bulk=Bulk.MERGE),
        chosen=(proposal(similar=SAME), proposal(number=119, similar=SAME)),
    ),
    "session, confirm drops": session(
        view=SessionCard(PROJECT.id, panel=Panel.CONFIRM, bulk=Bulk.REJECT), chosen=(note(2, DECISION),)
    ),
    "session, all of them": session(view=SessionCard(PROJECT.id, panel=Panel.BULK), twins=2),
    "session, narrowing": session(
        view=SessionCard(PROJECT.id, Stage.TASKS, panel=Panel.SIEVE, sieve=Sieve(type=Category.BUG)),
        choices=CHOICES,
        beyond=5,
    ),
    "session, narrowed": session(
        view=SessionCard(
            PROJECT.id, sieve=Sieve(AtomType.DECISION, uid(60), Band.SURE, Age.WEEK, frozenset({uid(61)}))
        ),
        beyond=9,
    ),
    "session, nothing fits": session(position=0, total=0, current=None, beyond=9),
    "session, some alike": session(alike=2),
    "session, after bulk": session(
        view=SessionCard(PROJECT.id, act_id=uid(5), settled=3), bulk_settled=3, undo_until=UNDO_UNTIL
    ),
    "session, tasks of kept notes": session(
        view=SessionCard(PROJECT.id, kept_act_id=uid(5)), undo_until=UNDO_UNTIL
    ),
    "session, done": session(view=SessionCard(PROJECT.id, settled=14), position=0, total=0, current=None),
    "session, after a rejection": session(
        rejected=shown(settled(ProposalStatus.REJECTED), undo_until=UNDO_UNTIL)
    ),
    "session, nothing": session(position=0, total=0, current=None, unread=212),
    "digest": digest(),
    "digest, in words": digest(sentences=WORDED),
    "digest in the group": digest(is_for_reviewers=False, may_share=False),
    "digest, quiet day": digest(digest=Digest(PROJECT, date(2025, 11, 11), 12, 1), may_share=False),
    "task": shown_task(),
    "task, taken and merged": shown_task(
        one=task(
            status=TaskStatus.IN_PROGRESS,
            draft=STORE,
            contributions=(
                Contribution(uid(50), uid(51), Ref(Kind.TASK, uid(42)), Gain(tags=("ios",)), EVIDENCE, NOW),
            ),
        )
    ),
    "task, done": shown_task(one=task(status=TaskStatus.DONE)),
    "task more": shown_task(Panel.MORE),
    "task, asked and said to": replace(
        shown_task(
            one=task(draft=replace(BUG, sub_tasks=STEPS, ticked=STEPS[:1], assignee=Assignee("Olya")))
        ),
        comments=EVIDENCE.quotes,
    ),
    "task steps": shown_task(Panel.STEPS, task(draft=replace(BUG, sub_tasks=STEPS, ticked=STEPS[:1]))),
    "task comments": replace(shown_task(Panel.COMMENTS), comments=EVIDENCE.quotes * 30),
    "task change": replace(
        shown_task(), view=TaskCard(uid(42), Panel.CHANGE, patch=Patch(priority=Priority.CRITICAL))
    ),
    "task change, none": replace(shown_task(), view=TaskCard(uid(42), Panel.CHANGE, patch=Patch())),
    "reminder": ShownReminder(
        ReminderCard(NOW.date()),
        Agenda((task(),) * 9, (task(43, draft=STORE),), (task(44),) * 3),
        {PROJECT.id: "Mobile"},
        CHATS,
    ),
    "reminder, over": ShownReminder(ReminderCard(NOW.date()), Agenda(), {}, CHATS, is_on=False),
    "export": ShownExport(ExportCard(PROJECT.id), PROJECT),
    "tasks, mine": ShownTasks(
        TaskList(PROJECT.id, TaskFilter.MINE), PROJECT, (task(),), 1, 1, is_reminded=False
    ),
    "task, somebody says done": replace(
        shown_task(Panel.SAID),
        view=TaskCard(uid(42), Panel.SAID, StatusSaid(TaskStatus.DONE, EVIDENCE.quotes[0].key)),
        said=EVIDENCE.quotes[0],
    ),
    "task, somebody says dropped": replace(
        shown_task(Panel.SAID),
        view=TaskCard(uid(42), Panel.SAID, StatusSaid(TaskStatus.DROPPED, EVIDENCE.quotes[0].key)),
    ),
    "task merged": replace(
        shown_task(Panel.MERGED),
        merged=(Merged(settled(ProposalStatus.MERGED), Gain(tags=("ios",), messages=2)),),
    ),
    "task sources": shown_task(Panel.SOURCES),
    "task history": shown_task(Panel.HISTORY),
    "task owner": shown_task(Panel.OWNER),
    "task due": shown_task(Panel.DUE),
    "tasks": ShownTasks(
        TaskList(PROJECT.id), PROJECT, (task(), task(43, draft=STORE, status=TaskStatus.IN_PROGRESS)), 2, 1
    ),
    "tasks, overdue": ShownTasks(
        TaskList(PROJECT.id, TaskFilter.OVERDUE),
        PROJECT,
        (task(draft=replace(BUG, due=Due(date(2025, 11, 3)))),),
        1,
        1,
    ),
    "tasks, none of mine": ShownTasks(TaskList(PROJECT.id, TaskFilter.MINE), PROJECT, (), 0, 0),
    "pending": ShownPending(
        PendingList(PROJECT.id), PROJECT, (proposal(), note(2, DECISION)), 12, 2, withheld=1
    ),
    "pending, none": ShownPending(PendingList(PROJECT.id), PROJECT, (), 0, 0),
    "pending, let go": ShownPending(
        PendingList(PROJECT.id, is_expired=True), PROJECT, (settled(ProposalStatus.EXPIRED),), 1, 1
    ),
    "runs": ShownRuns(
        RunList(PROJECT.id),
        PROJECT,
        (
            (replace(RUN, status=RunStatus.COMPLETED), Tally(pending=7, approved=2)),
            (replace(RUN, number=23, status=RunStatus.CLOSED, stage=Stage.TASKS), Tally()),
        ),
        1,
    ),
    "runs, none": ShownRuns(RunList(PROJECT.id), PROJECT, (), 0),
}
"""Sessions, digests, tasks and lists."""

EXPORT = ImportCard("BQAC1", "result.json", (PROJECT.id,))

PLACES: Mapping[str, Shown] = {
    "status": ShownStatus(
        StatusCard(PROJECT.id),
        PROJECT,
        ((replace(RUN, status=RunStatus.RUNNING), PROGRESS, Tally()),),
        212,
        3,
        4,
        11,
        2,
        SCHEDULES,
    ),
    "status, idle": ShownStatus(StatusCard(PROJECT.id), PROJECT, (), 0, 0, 0, 0, 0),
    "trust": ShownTrust(TrustCard(PROJECT.id), PROJECT, TRUST),
    "trust, nothing decided": ShownTrust(
        TrustCard(PROJECT.id), PROJECT, Trust(date(2025, 8, 19), Outcomes())
    ),
    "subjects": ShownTopics(
        TopicList(PROJECT.id), PROJECT, ((1, "🚀", "Releases", 12), (2, "📁", "Login", 1)), 1
    ),
    "subjects, none": ShownTopics(TopicList(PROJECT.id), PROJECT, (), 0),
    **known.KNOWN,
    **FOLLOWING,
    "project": ShownProject(
        ProjectCard(PROJECT.id), PROJECT, ((CHAT, Binding(GROUP, PROJECT.id)),), ("Ann", "Max")
    ),
    "project, with a review room": ShownProject(
        ProjectCard(PROJECT.id),
        PROJECT,
        ((CHAT, Binding(GROUP, PROJECT.id)),),
        ("Ann",),
        rooms=((CHATS[BASIC], False), (replace(CHATS[BASIC], id=ChatId(-78), title="Deciders"), True)),
    ),
    "opening": ShownOpening(OpeningCard(GROUP, BASIC), CHAT, CHATS[BASIC], is_open=False),
    "opening, open": ShownOpening(OpeningCard(GROUP, BASIC), CHAT, CHATS[BASIC], is_open=True),
    "reviewers": ShownReviewers(
        ReviewersCard(PROJECT.id), PROJECT, ((PEOPLE[0], True), (PEOPLE[1], False))
    ),
    "schedule": ShownSchedule(ScheduleCard(PROJECT.id), PROJECT, SCHEDULES),
    **{f"setup {step}": setup(step) for step in SetupStep},
    "setup return, words kept": setup(SetupStep.RETURN, kept_until=NOW + timedelta(days=5)),
    "setup consent, a model": setup(SetupStep.CONSENT, model="gpt-5 at api.openai.com"),
    "setup done, deaf": setup(SetupStep.DONE, reads_everything=False),
    "import asks": ShownImport(EXPORT, None, (PROJECT,)),
    "import reads": ShownImport(EXPORT.begun(PROJECT.id).reached(5000, 4000, 42), PROJECT),
    "import done": ShownImport(EXPORT.begun(PROJECT.id).reached(9000, 4000, 99).through(), PROJECT),
    "import refused": ShownImport(EXPORT.refused("it is the HTML export", "give its result.json"), PROJECT),
    "help": ShownHelp(HelpCard(PROJECT.id), has_project=True),
    "help, no project": ShownHelp(HelpCard(), has_project=False),
    "privacy": ShownPrivacy(PrivacyCard(), "built-in", 365, 30, messages=12),
    "privacy, left out": ShownPrivacy(PrivacyCard(), "built-in", is_left_out=True),
    "privacy, confirm": ShownPrivacy(PrivacyCard(Panel.CONFIRM), "built-in", messages=12),
    "withheld": Withheld(("P-7",)),
    "quotation": ShownQuotation(
        Quotation(Ref(Kind.TASK, uid(7)), EVIDENCE.quotes[0].key, NOW),
        "T-7",
        EVIDENCE.quotes[0],
        EVIDENCE.quotes[0].text,
        more=2,
    ),
    "taken away": TakenAway(),
    "notice": ShownNotice(Notice("runs-paused", {"project": "Mobile", "pending": 12}, "review")),
    "notice with a link": ShownNotice(
        Notice("direct-review", {"link": "https://t.me/triagram_bot?start=review"})
    ),
}
"""Projects, joining, sentences."""

_SEVERAL = (PROPOSALS["task card"], DAYS["digest"], PLACES["notice"])

CARDS: Mapping[str, Shown] = {
    **PROPOSALS,
    **RUNS,
    **DAYS,
    **PLACES,
    "several": ShownBundle(Bundle(tuple(UUID(int=at) for at in range(3))), _SEVERAL, (1, 2, 3)),
    "too many": ShownBundle(Bundle(()), _SEVERAL * 9, tuple(range(1, 28))),
}


def text(painted: Card) -> list[str]:
    return plain(painted.html).split("\n")


def presses(painted: Card) -> list[Press]:
    found = [press_of(button.payload) for row in painted.buttons for button in row if button.payload]
    return [one for one in found if one is not None]


def verbs(painted: Card) -> list[Verb]:
    return [one.verb for one in presses(painted)]


def card(name: str) -> Card:
    return paint(CARDS[name])
