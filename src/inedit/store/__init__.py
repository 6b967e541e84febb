"""The database: SQLAlchemy Core tables and Alembic migrations, on SQLite or Postgres."""
