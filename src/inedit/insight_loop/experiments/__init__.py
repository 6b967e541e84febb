"""A/B tests of accepted variants: sized before, split by hash, read by sound statistics, learned from."""
