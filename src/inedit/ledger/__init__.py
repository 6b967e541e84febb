"""What everything cost and what it saved: entries, prices, baselines, reports, exports."""
