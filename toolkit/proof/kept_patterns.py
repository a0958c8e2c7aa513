"""The patterns of the rules as they were compiled before, kept for this user (ADR 0061).

There are a thousand; to compile them takes as long as to proof-read three short reports. All are the program's own:
they are taken before a document is looked at, and those that a rule makes of a document's words are not kept.
"""

from functools import cache

from toolkit.cache import entry_key, find_code, keep_code, program_state
from toolkit.proof.catalogue import RULES
from toolkit.text.patterns import codes_of, remember_codes, take_made


@cache
def load_patterns() -> None:
    """Have them ready: those kept, or compiled now and kept; once for a process."""
    _ = RULES  # whose modules have made their patterns
    made = take_made()
    key = entry_key("patterns", program_state())
    known = find_code(key)
    if not isinstance(known, dict):
        known = codes_of(made)
        keep_code(key, known)
    remember_codes(known)
