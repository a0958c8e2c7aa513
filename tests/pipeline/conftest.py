"""Commands as the tests of this folder carry them out."""

from tests.commands import call, call_apart

__all__ = ["call", "call_apart"]
