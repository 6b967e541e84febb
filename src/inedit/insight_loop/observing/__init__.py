"""Reading what communities export, as it streams in: nothing is fetched, and nothing is kept as it came."""
