"""Proof that nothing was altered: the journal held against its rules, and what finance must be told."""
