"""Sharing one installation between processes."""
