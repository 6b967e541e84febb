"""Which form of the database this code is written for."""

HEAD = "0041"
"""The schema that this code is written for; a test holds it against the newest migration."""
