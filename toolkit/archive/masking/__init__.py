"""A copy of an archive without personal data.

In: bytes of any kind and the texts that must not stand in them. Out: the same with a mark in place of each text, in
every part of a workbook, a document or an archive inside; None for what cannot be masked and so must be left out.
"""

from toolkit.archive.masking.masks import Mask, Masks
from toolkit.archive.masking.parts import holds, masked

__all__ = ["Mask", "Masks", "holds", "masked"]
