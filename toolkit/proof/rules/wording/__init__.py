"""Numbering, punctuation, words left over, sentences not finished."""
