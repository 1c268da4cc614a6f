"""The tables as they began."""

from storage.migrations.first import (
    chats,
    deletions,
    messages,
    release,
    runs,
    search,
    seats,
    shown,
    words,
    work,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make everything."""
    for area in (chats, messages, runs, work, shown, search, words, deletions, release, seats):
        area.create()


def downgrade() -> None:
    """Drop everything."""
    for area in (seats, release, deletions, words, search, shown, work, runs, messages, chats):
        area.drop()
