"""The master workbook as it was written before, where all that it is made from is what it was then (ADR 0059)."""

from datetime import date

from toolkit.cache import entry_key
from toolkit.excel.files import sha256_of
from toolkit.model import Finding, LossRemark, Roster
from toolkit.model.plain import plain_text
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.state import master_state
from toolkit.review import OpinionReading


class KeptMaster:
    """Knows a master by the state of everything that results are made from; begin with it before they are."""

    def __init__(self, evaluation: Evaluation, today: date) -> None:
        """``today``: the day that results are of."""
        self._evaluation, self._today = evaluation, today
        self._before = self._state()

    def data(self) -> bytes:
        """The bytes of the file on the disk, where it is the very master of this state; else b"".

        To be asked for when results have been made: a change in the meantime could be in them or not.
        """
        kept = self._evaluation.workspace.cache.get(self._before)
        path = self._evaluation.workspace.master
        data = path.read_bytes() if kept is not None and path.is_file() else b""
        return data if data and sha256_of(data).encode() == kept and self._state() == self._before else b""

    def keep(self, data: bytes) -> None:
        """Remember what was written, unless something changed meanwhile or was only of a moment."""
        cache = self._evaluation.workspace.cache
        sha256 = sha256_of(data).encode()
        if cache.get(self._before) != sha256 and self._evaluation.readings.lasting and self._state() == self._before:
            cache.put({self._before: sha256})

    def _state(self) -> str:
        """Files as they are now; scheme, roster, findings about them and opinions as this evaluation has read them."""
        known = self._evaluation
        written = tuple(row.remark() for row in known.written_losses if row.typed())
        return entry_key(
            master_state(known.workspace, self._today),
            known.scheme.sha256,
            plain_text(known.roster, Roster),
            plain_text(known.findings, tuple[Finding, ...]),
            plain_text(known.opinion_reading, OpinionReading),
            plain_text(written, tuple[LossRemark, ...]),
        )
