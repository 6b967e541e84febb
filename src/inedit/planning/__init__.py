"""Turning a campaign brief into the variants to write."""
