"""What a database is tended with beside its use, by where it is."""

from core.ports.deletions import Scrubber
from core.ports.shortcuts import Shortcuts
from storage.engine import Database, is_on_server, url_of
from storage.scrubbing import Scrubbing


def scrubber_of(url: str, engine: Database) -> Scrubber:
    """What makes deleted words unreadable; raises BadConfig."""
    if not is_on_server(url):
        return Scrubbing(engine)
    from storage.vacuuming import PostgresScrubbing  # noqa: PLC0415 # as in storage.engine

    return PostgresScrubbing(engine)


def shortcuts_of(url: str, model: str) -> Shortcuts | None:
    """What the vectors of a model need on a server; SQLite's are searched in memory. Raises BadConfig."""
    if not is_on_server(url):
        return None
    from storage.postgres.shortcuts import PostgresShortcuts  # noqa: PLC0415 # as in storage.engine

    return PostgresShortcuts(url_of(url), model)
