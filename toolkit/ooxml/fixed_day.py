"""The day that files say they were made on: always the same, so that equal content gives equal bytes."""

from datetime import UTC, datetime

FIXED_DAY = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""As properties of documents and workbooks hold it, which carry no zone."""
DOS_DAY = 0x0021
"""The same in the header of a zip member."""
