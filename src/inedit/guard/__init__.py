"""The guard: pure checks, draft in, findings out. It reads no clock, no file, no network."""
