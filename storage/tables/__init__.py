"""The tables, as SQLModel classes; importing this knows them all."""

from storage.tables.agents import (
    AgentRow,
    AssignmentRow,
    BudgetNoticeRow,
    ChargeRow,
    CredentialRow,
    MeasuredRow,
)
from storage.tables.chats import (
    AdministratorsRow,
    BindingRow,
    ChatRow,
    CounterRow,
    InstallationRow,
    MembershipRow,
    PersonRow,
    ProjectRow,
    RoleRow,
)
from storage.tables.deletions import DeletionRow
from storage.tables.learned import LearnedRow
from storage.tables.lived import CommentRow, ReminderRow
from storage.tables.messages import IS_UNREAD, WAITING, IncomingRow, MessageRow
from storage.tables.release import ReleaseRow
from storage.tables.row import NO_THREAD, Row, table_of
from storage.tables.runs import IS_OPEN, IS_UNDONE, OPEN_SLOT, BatchRow, RunRow
from storage.tables.search import ItemTextRow, ItemVectorRow, VectorStampRow
from storage.tables.seats import SeatRow
from storage.tables.shown import (
    IS_OUT_OF_DATE,
    IS_UNASKED,
    ChangeRow,
    DigestRow,
    EventRow,
    ScheduleRow,
    SpotAboutRow,
    SpotRow,
)
from storage.tables.work import (
    IS_UNSTUDIED,
    AtomRow,
    ContributionRow,
    EvidenceRow,
    ProposalRow,
    ProposalSourceRow,
    TaskRow,
    TopicRow,
)

__all__ = [
    "IS_OPEN",
    "IS_OUT_OF_DATE",
    "IS_UNASKED",
    "IS_UNDONE",
    "IS_UNREAD",
    "IS_UNSTUDIED",
    "NO_THREAD",
    "OPEN_SLOT",
    "WAITING",
    "AdministratorsRow",
    "AgentRow",
    "AssignmentRow",
    "AtomRow",
    "BatchRow",
    "BindingRow",
    "BudgetNoticeRow",
    "ChangeRow",
    "ChargeRow",
    "ChatRow",
    "CommentRow",
    "ContributionRow",
    "CounterRow",
    "CredentialRow",
    "DeletionRow",
    "DigestRow",
    "EventRow",
    "EvidenceRow",
    "IncomingRow",
    "InstallationRow",
    "ItemTextRow",
    "ItemVectorRow",
    "LearnedRow",
    "MeasuredRow",
    "MembershipRow",
    "MessageRow",
    "PersonRow",
    "ProjectRow",
    "ProposalRow",
    "ProposalSourceRow",
    "ReleaseRow",
    "ReminderRow",
    "RoleRow",
    "Row",
    "RunRow",
    "ScheduleRow",
    "SeatRow",
    "SpotAboutRow",
    "SpotRow",
    "TaskRow",
    "TopicRow",
    "VectorStampRow",
    "table_of",
]
