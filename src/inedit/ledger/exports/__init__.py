"""Entries for other programs: CSV, JSON lines, Parquet, FOCUS."""
