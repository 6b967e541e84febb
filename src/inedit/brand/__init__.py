"""The brand project: what only this brand knows, loaded, checked, and chosen from."""
