"""Use cases: each orders its steps in one transaction."""
