"""Editing: what a person writes to a card to change it, understood without a model."""
