"""SQLite: full text by FTS5, vectors by NumPy."""
