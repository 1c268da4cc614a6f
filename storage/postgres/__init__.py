"""PostgreSQL: full text by tsvector, vectors by pgvector. Imported only where the address is its own."""
