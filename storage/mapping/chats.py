"""Installation, projects, chats and people."""

from core.domain.ids import ChatId, PersonId, ThreadId
from core.domain.knobs import Knobs
from core.domain.person import (
    Binding,
    Chat,
    ChatKind,
    ChatState,
    Installation,
    Person,
    Project,
    ReviewPlace,
)
from storage.mapping.packing import Columns, packed, unpacked
from storage.tables import NO_THREAD, BindingRow, ChatRow, InstallationRow, PersonRow, ProjectRow


def installation_of(row: InstallationRow) -> Installation:
    """The installation of a row."""
    return Installation(
        bot_id=row.bot_id,
        owner_id=None if row.owner_id is None else PersonId(row.owner_id),
        claims=tuple(row.claims),
        invited=frozenset(PersonId(one) for one in row.invited),
        revision=row.revision,
    )


def installation_columns(installation: Installation) -> Columns:
    """The columns of an installation."""
    return {
        "bot_id": installation.bot_id,
        "owner_id": installation.owner_id,
        "claims": list(installation.claims),
        "invited": sorted(installation.invited),
        "revision": installation.revision,
    }


def project_of(row: ProjectRow) -> Project:
    """The project of a row."""
    return Project(
        id=row.id,
        name=row.name,
        timezone=row.timezone,
        language=row.language,
        description=row.description,
        keywords=tuple(row.keywords),
        glossary=row.glossary,
        components=tuple(row.components),
        place=ReviewPlace(row.place),
        has_named_reviewers=row.has_named_reviewers,
        digest_in_group=row.digest_in_group,
        digest_paused_until=row.digest_paused_until,
        runs_paused_at=row.runs_paused_at,
        budget_usd=row.budget_usd,
        knobs=unpacked(Knobs, row.knobs),
        version=row.version,
        revision=row.revision,
    )


def project_columns(project: Project) -> Columns:
    """The columns of a project."""
    return {
        "id": project.id,
        "name": project.name,
        "name_key": project.name.casefold(),
        "timezone": project.timezone,
        "language": project.language,
        "description": project.description,
        "keywords": list(project.keywords),
        "glossary": dict(project.glossary),
        "components": list(project.components),
        "place": project.place.value,
        "has_named_reviewers": project.has_named_reviewers,
        "digest_in_group": project.digest_in_group,
        "digest_paused_until": project.digest_paused_until,
        "runs_paused_at": project.runs_paused_at,
        "budget_usd": project.budget_usd,
        "knobs": packed(project.knobs),
        "version": project.version,
        "revision": project.revision,
    }


def chat_of(row: ChatRow) -> Chat:
    """The chat of a row."""
    return Chat(
        id=ChatId(row.id),
        kind=ChatKind(row.kind),
        title=row.title,
        username=row.username,
        is_forum=row.is_forum,
        reads_all_threads=row.reads_all_threads,
        state=ChatState(row.state),
        language=row.language,
        bot_is_administrator=row.bot_is_administrator,
        is_imported=row.is_imported,
        imported_by=None if row.imported_by is None else PersonId(row.imported_by),
        added_by=None if row.added_by is None else PersonId(row.added_by),
        left_at=row.left_at,
        last_heard_at=row.last_heard_at,
        migrated_to=None if row.migrated_to is None else ChatId(row.migrated_to),
        is_blocked=row.is_blocked,
        open_to=frozenset(ChatId(one) for one in row.open_to),
    )


def chat_columns(chat: Chat) -> Columns:
    """The columns of a chat."""
    return {
        "id": chat.id,
        "kind": chat.kind.value,
        "title": chat.title,
        "username": chat.username,
        "is_forum": chat.is_forum,
        "reads_all_threads": chat.reads_all_threads,
        "state": chat.state.value,
        "language": chat.language,
        "bot_is_administrator": chat.bot_is_administrator,
        "is_imported": chat.is_imported,
        "imported_by": chat.imported_by,
        "added_by": chat.added_by,
        "left_at": chat.left_at,
        "last_heard_at": chat.last_heard_at,
        "migrated_to": chat.migrated_to,
        "is_blocked": chat.is_blocked,
        "open_to": sorted(chat.open_to),
    }


def binding_of(row: BindingRow) -> Binding:
    """The binding of a row."""
    return Binding(
        chat_id=ChatId(row.chat_id),
        project_id=row.project_id,
        thread_id=None if row.thread_id == NO_THREAD else ThreadId(row.thread_id),
        is_source=row.is_source,
        is_review=row.is_review,
    )


def binding_columns(binding: Binding) -> Columns:
    """The columns of a binding."""
    return {
        "chat_id": binding.chat_id,
        "thread_id": NO_THREAD if binding.thread_id is None else binding.thread_id,
        "project_id": binding.project_id,
        "is_source": binding.is_source,
        "is_review": binding.is_review,
    }


def person_of(row: PersonRow) -> Person:
    """The person of a row."""
    return Person(
        id=PersonId(row.id),
        name=row.name,
        username=row.username,
        language=row.language,
        has_direct_chat=row.has_direct_chat,
        is_left_out=row.is_left_out,
        current_project=row.current_project,
        forgotten_at=row.forgotten_at,
    )


def person_columns(person: Person) -> Columns:
    """The columns of a person."""
    return {
        "id": person.id,
        "name": person.name,
        "name_key": person.name.casefold(),
        "username": person.username,
        "username_key": None if person.username is None else person.username.casefold(),
        "language": person.language,
        "has_direct_chat": person.has_direct_chat,
        "is_left_out": person.is_left_out,
        "current_project": person.current_project,
        "forgotten_at": person.forgotten_at,
    }
