"""What a card can have open."""

from enum import StrEnum


class Panel(StrEnum):
    """What a card has open."""

    MAIN = "main"
    REASONS = "reasons"
    LATER = "later"
    MERGE = "merge"
    PREVIEW = "preview"
    MORE = "more"
    SOURCES = "sources"
    HISTORY = "history"
    CONFIRM = "confirm"
    EDIT = "edit"
    CHANGE = "change"
    TITLE = "title"
    SPLIT = "split"
    COMBINE = "combine"
    PROJECT = "project"
    MERGED = "merged"
    SAID = "said"
    SIEVE = "sieve"
    BULK = "bulk"
    PRIORITY = "priority"
    CATEGORY = "category"
    DUE = "due"
    OWNER = "owner"
    REMOVE = "remove"
    BUDGET = "budget"
