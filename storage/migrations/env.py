"""Alembic's entry: runs the migrations on the connection it is given."""

from alembic import context
from sqlmodel import SQLModel

from storage.migrations.options import OPTIONS

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, **OPTIONS)
with context.begin_transaction():
    context.run_migrations()
