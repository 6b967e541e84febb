"""Accepted and parked pieces, their vectors and fingerprints, and the one door by which a piece gets in."""
