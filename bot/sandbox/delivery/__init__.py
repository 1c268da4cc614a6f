"""How news travels: updates to the bot (long poll or webhook), changes to the page and driver."""
