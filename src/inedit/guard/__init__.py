"""The guard: pure checks, a draft in, findings out. :func:`inedit.guard.judge.judge` runs them all."""
