"""What Alembic runs: the changes on the connection it is given; nothing here opens one."""

from __future__ import annotations

from alembic import context

from ecosystem.workshop.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
