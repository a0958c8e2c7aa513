"""Rates, shares, growth and multiples, and the units they are in."""
