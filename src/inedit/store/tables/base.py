"""What every table is made with: the metadata, and columns that the two databases call otherwise."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, LargeBinary, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

try:
    from pgvector.sqlalchemy import VECTOR
except ImportError:  # who uses SQLite needs none of it; opening a Postgres database says what is missing
    VECTOR = None  # type: ignore[assignment,misc]

Big = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits on both databases; SQLite counts rows only in a column declared INTEGER."""

Vectors = LargeBinary().with_variant(VECTOR(), "postgresql") if VECTOR is not None else LargeBinary()
"""float32 numbers: their bytes on SQLite, pgvector's own type on Postgres."""
