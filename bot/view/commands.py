"""The commands that exist, and which of them the menu shows to whom."""

from bot.view.texts import Texts
from core.domain.person import Role

EXISTING = frozenset(
    {
        "add", "bug", "idea", "decision", "ignore",
        "review", "pending", "undo",
        "extract", "run", "status", "runs", "cancel", "resume", "close",
        "ask", "search", "topics", "topic", "tasks", "task", "digest", "schedule", "stats", "watch",
        "start", "help", "setup", "settings", "project", "reviewers", "read",
        "privacy", "forget", "export", "agents", "budget",
    }
)  # fmt: skip
"""What is answered today; texts name no other command, the menu leaves the others out."""
_MEMBERS = ("add", "bug", "idea", "ask", "tasks", "help")
_REVIEWERS = ("review", "digest")
"""product.md section 3: six for members, reviewers also these."""


def command_menu(texts: Texts, language: str, role: Role) -> list[tuple[str, str]]:
    """Name and description of each command the menu shows, in the order it shows them."""
    names = _MEMBERS if role is Role.MEMBER else (*_REVIEWERS, *_MEMBERS)
    return [(name, texts.plain(f"command-{name}", language)) for name in names if name in EXISTING]
