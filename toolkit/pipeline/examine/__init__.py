"""Phase 3: checks, decisions and scores of what came back.

In: Returns. Out: Examined, score sheets, correction rounds.
"""
