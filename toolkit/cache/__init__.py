"""What costs time to work out, kept by what it was worked out from; safe to delete at any moment.

In: an :func:`entry_key` over everything a result depends on, and the result as bytes. Out: the bytes again, or nothing
when they are not there, not whole or not ours. A changed input gives another key, so nothing kept can be stale.
"""

from toolkit.cache.own_code import find_code, keep_code
from toolkit.cache.program import program_state
from toolkit.cache.secret import user_secret
from toolkit.cache.store import Cache, entry_key

__all__ = ["Cache", "entry_key", "find_code", "keep_code", "program_state", "user_secret"]
