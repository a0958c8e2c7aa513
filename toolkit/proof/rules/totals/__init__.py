"""Sums, differences and averages, of tables and of prose; contracts and what was paid."""
