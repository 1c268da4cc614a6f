"""Showing: where things stand, what a reader may see of them, and bringing it there."""
