"""The same fact told in several places."""
