"""The append-only journal: calls, reservations, entries, memos, budgets, and the hash chain that seals them."""
