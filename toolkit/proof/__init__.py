"""Proof-reading of a finished report, ours or anybody's.

In: the bytes of a ``.docx``, ``.pdf``, ``.xlsx`` or text file, and what a workspace knows of its projects.
Out: a neutral :class:`~toolkit.proof.document.Document`, every number of it as a :class:`~toolkit.proof.facts.Fact`,
and what the declared rules make of them: 一致, 不一致, 疑似, and the numbers nobody could check.
Nothing here opens a network connection, knows the time or changes the document.
"""
