"""Agents: who answers, whose turn it is, what they made."""
