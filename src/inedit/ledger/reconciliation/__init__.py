"""The journal held against what a provider billed, and the differences booked."""
