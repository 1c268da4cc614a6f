"""How everything looks: what is shown becomes a Card; no library of either kind."""
