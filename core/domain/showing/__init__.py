"""What is shown: the cards, what a painter gets for each, where they stand."""
