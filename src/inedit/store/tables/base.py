"""What every table is made with: the metadata, and columns that the two databases call otherwise."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, MetaData
from sqlalchemy.types import UserDefinedType

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class _Vector(UserDefinedType[Any]):
    """pgvector's own type, loaded when Postgres is spoken to: who uses SQLite neither has nor waits for it."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "VECTOR"

    def bind_processor(self, dialect: Dialect) -> Any:
        return _pgvector().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _pgvector().result_processor(dialect, coltype)


def _pgvector() -> Any:
    from pgvector.sqlalchemy import VECTOR  # noqa: PLC0415  # Postgres alone

    return VECTOR()


Big = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits on both databases; SQLite counts rows only in a column declared INTEGER."""

Vectors = LargeBinary().with_variant(_Vector(), "postgresql")
"""float32 numbers: their bytes on SQLite, pgvector's own type on Postgres."""
