"""Scores the very functions the product runs on labelled chats, beside baselines and published results."""
