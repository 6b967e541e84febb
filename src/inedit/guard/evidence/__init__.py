"""What a text may rely on: supplied facts, what supports a statement, which receipts a text leaves. Pure."""
