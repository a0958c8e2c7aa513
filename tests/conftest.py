"""Its presence puts this folder on the import path: ``from small_scheme import SMALL_SCHEME`` works in every test."""
