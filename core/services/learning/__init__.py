"""Learning from a project's own decisions, and judging by what was learned."""
