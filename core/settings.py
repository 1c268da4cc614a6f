"""Every number a person may turn, with its default; `config.toml` repeats them with a comment each."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class AnalysisSettings:
    """How chat is read."""

    min_length: int = 10
    noise_below: float = 0.30
    gap_minutes: int = 10
    batch_messages: int = 50
    rag_top_k: int = 5
    concurrency: int = 2
    attempts: int = 3
    lease_seconds: int = 120


@dataclass(frozen=True)
class ReviewSettings:
    """How proposals are decided."""

    place: str = "direct"
    undo_minutes: int = 10
    cards_per_run: int = 10
    queue_limit: int = 100
    expire_days: int = 14
    rejection_memory_days: int = 30
    auto_approve: bool = False
    auto_approve_confidence: float = 0.95
    tick_confidence: float = 0.75
    pause_after_workdays: int = 5


@dataclass(frozen=True)
class AttentionSettings:
    """When the bot keeps quiet."""

    quiet_minutes: int = 30
    messages_per_day: int = 3
    quiet_from: str = "20:00"
    quiet_until: str = "09:00"
    weekends: bool = False


@dataclass(frozen=True)
class ScheduleSettings:
    """What happens by the clock, for projects that did not choose themselves."""

    extract: str = "0 14 * * mon-fri"
    analyse: str = "0 15 * * mon-fri"
    digest: str = "09:00"
    threshold_messages: int = 0
    timezone: str = "UTC"


@dataclass(frozen=True)
class PrivacySettings:
    """How long words stay, and where they may go."""

    retention_days: int = 180
    purge_after_days: int = 7
    mask_secrets: bool = True
    local_only: bool = False


@dataclass(frozen=True)
class LlmSettings:
    """Which analyst reads."""

    analyst: str = "rules"
    model: str = ""
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    budget_month_usd: float = 10.0
    requests_per_minute: int = 60
    tokens_per_minute: int = 200_000
    fallback: str = ""
    temperature: float = 0.0
    output: str = "auto"
    context_tokens: int = 0
    answer_tokens: int = 4000
    timeout_seconds: int = 0
    retries: int = 2
    calls_at_once: int = 0
    traces: str = ""


@dataclass(frozen=True)
class EmbeddingSettings:
    """What makes vectors of texts; "" is the bundled one."""

    model: str = ""
    base_url: str = ""
    dimensions: int = 0


@dataclass(frozen=True)
class Settings:
    """All of them, as the rooms of core see them."""

    analysis: AnalysisSettings = field(default_factory=AnalysisSettings)
    review: ReviewSettings = field(default_factory=ReviewSettings)
    attention: AttentionSettings = field(default_factory=AttentionSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    privacy: PrivacySettings = field(default_factory=PrivacySettings)
    llm: LlmSettings = field(default_factory=LlmSettings)
    embedding: EmbeddingSettings = field(default_factory=EmbeddingSettings)
