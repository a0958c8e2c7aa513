"""Handing over: an evaluation as one archive, proof that nothing in it changed, the same results out of it again.

In: a workspace, or an archive. Out: the archive, findings about one, and the workspace of the year that follows.
"""
