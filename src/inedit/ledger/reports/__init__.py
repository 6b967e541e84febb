"""What the journal says, added up: summary, KPIs, and its four presentations."""
