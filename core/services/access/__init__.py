"""Who may act, who decides, who may read what."""
