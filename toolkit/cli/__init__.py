"""The terminal face: parse, call one function of ``pipeline``, render, exit code. Nothing is decided here.

Exit codes: 0 clean, 1 something needs correction (init, check, scheme check, template check, verify, ledger verify; two
formulas that differ) or a mail needs looking after (send, remind), 2 usage, 3 cannot go on, 70 our fault, 130 stopped.
"""
