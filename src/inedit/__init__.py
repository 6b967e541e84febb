"""Inédit: personalised variants that are proven different, proven ours and proven paid for."""

__version__ = "0.1.0"
