"""Reviews by people are only ever added: the database refuses to change, remove or truncate them."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"

SQLITE_TRIGGERS = (
    """CREATE TRIGGER human_reviews_no_update BEFORE UPDATE ON human_reviews
       BEGIN SELECT RAISE(ABORT, 'a review by a person never changes'); END""",
    """CREATE TRIGGER human_reviews_no_delete BEFORE DELETE ON human_reviews
       BEGIN SELECT RAISE(ABORT, 'a review by a person is never removed'); END""",
)
POSTGRES_TRIGGERS = (
    """CREATE TRIGGER human_reviews_no_update BEFORE UPDATE OR DELETE ON human_reviews
       FOR EACH ROW EXECUTE FUNCTION inedit_refuse('a review by a person never changes')""",
    """CREATE TRIGGER human_reviews_no_truncate BEFORE TRUNCATE ON human_reviews
       FOR EACH STATEMENT EXECUTE FUNCTION inedit_refuse('a review by a person is never removed')""",
)


def upgrade() -> None:
    """Add the triggers."""
    is_sqlite = op.get_context().dialect.name == "sqlite"
    for statement in SQLITE_TRIGGERS if is_sqlite else POSTGRES_TRIGGERS:
        op.execute(statement)
