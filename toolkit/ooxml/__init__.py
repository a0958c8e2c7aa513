"""What ``.xlsx`` and ``.docx`` have in common: a zip file of XML parts that refer to each other.

``package`` reads and writes the zip, ``parse`` reads XML without trusting it, ``relations`` says which part refers to
which and of what type each is, ``printable`` makes any text fit for XML. Bytes in, bytes or plain values out; what a
part means is the business of :mod:`toolkit.excel` and :mod:`toolkit.word`.
"""
