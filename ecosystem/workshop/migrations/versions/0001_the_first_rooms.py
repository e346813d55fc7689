"""The first rooms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All tables of a workshop."""
    op.create_table(
        "room",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("region", sa.String(length=100), nullable=False),
        sa.Column("base", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("room_id", name="pk_room"),
        sa.UniqueConstraint("code", name="uq_room_code"),
    )
    op.create_table(
        "agenda_item",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_agenda_item_room_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("room_id", "position", name="pk_agenda_item"),
    )
    op.create_table(
        "decision",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_decision_room_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("decision_id", name="pk_decision"),
    )
    op.create_index("ix_decision_room_id", "decision", ["room_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_event_room_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("room_id", "seq", name="pk_event"),
    )
    op.create_table(
        "operator_session",
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_operator_session_room_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("operator_id", name="pk_operator_session"),
        sa.UniqueConstraint("token", name="uq_operator_session_token"),
    )
    op.create_index("ix_operator_session_room_id", "operator_session", ["room_id"], unique=False)
    op.create_table(
        "participant",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("joined", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_participant_room_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("participant_id", name="pk_participant"),
        sa.UniqueConstraint("token", name="uq_participant_token"),
    )
    op.create_index("ix_participant_room_id", "participant", ["room_id"], unique=False)
    op.create_table(
        "receipt",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_receipt_room_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("room_id", "once", name="pk_receipt"),
    )
    op.create_table(
        "proposal",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("theme", sa.String(length=100), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("settled_seq", sa.Integer(), nullable=False),
        sa.Column("proposed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.participant_id"], "fk_proposal_participant_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_proposal_room_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("proposal_id", name="pk_proposal"),
        sa.UniqueConstraint("room_id", "number", name="uq_proposal_room_id"),
    )
    op.create_table(
        "vote",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.participant_id"], "fk_vote_participant_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_vote_room_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("vote_id", name="pk_vote"),
        sa.UniqueConstraint("room_id", "participant_id", "subject", name="uq_vote_room_id"),
    )


def downgrade() -> None:
    """No tables of a workshop."""
    op.drop_table("vote")
    op.drop_table("proposal")
    op.drop_table("receipt")
    op.drop_index("ix_participant_room_id", table_name="participant")
    op.drop_table("participant")
    op.drop_index("ix_operator_session_room_id", table_name="operator_session")
    op.drop_table("operator_session")
    op.drop_table("event")
    op.drop_index("ix_decision_room_id", table_name="decision")
    op.drop_table("decision")
    op.drop_table("agenda_item")
    op.drop_table("room")
