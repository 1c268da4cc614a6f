"""Money: what calls cost, and what a month may cost."""
