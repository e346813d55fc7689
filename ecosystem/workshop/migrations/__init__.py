"""How a workshop's database came to look as it does: one file per change, in order (Alembic)."""
