"""Hearing: an update becomes a call of a use case; aiogram only."""
