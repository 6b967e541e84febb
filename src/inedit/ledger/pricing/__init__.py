"""What a call costs: list prices, contract prices, and money as integer millionths."""
