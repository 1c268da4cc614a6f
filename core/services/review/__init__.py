"""Deciding: proposals are settled, put off, undone, captured."""
