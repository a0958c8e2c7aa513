"""How many there are, which is the most, the first, the last."""
