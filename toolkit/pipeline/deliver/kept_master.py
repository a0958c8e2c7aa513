"""The master workbook as it was written before, where all that it is made from is what it was then (ADR 0059)."""

from datetime import date

from toolkit.cache import entry_key
from toolkit.excel.files import sha256_of
from toolkit.model import LossRemark
from toolkit.model.plain import plain_text
from toolkit.pipeline.examine.known_results import results_state
from toolkit.pipeline.plan.evaluation import Evaluation


class KeptMaster:
    """Knows a master by the state of everything that results are made from; begin with it before they are.

    Attributes:
        of_results: the state, but for what evaluators wrote of losses, which changes no result.
    """

    def __init__(self, evaluation: Evaluation, today: date) -> None:
        """``today``: the day that results are of."""
        self._evaluation, self._today = evaluation, today
        self.of_results = results_state(evaluation, today)
        self._before = self._state(self.of_results)

    def data(self) -> bytes:
        """The bytes of the file on the disk, where it is the very master of this state; else b"".

        To be asked for when results have been made: a change in the meantime could be in them or not.
        """
        kept = self._evaluation.workspace.cache.get(self._before)
        path = self._evaluation.workspace.master
        data = path.read_bytes() if kept is not None and path.is_file() else b""
        return data if data and sha256_of(data).encode() == kept and self._is_as_before() else b""

    def keep(self, data: bytes) -> None:
        """Remember what was written, unless something changed meanwhile or was only of a moment."""
        cache = self._evaluation.workspace.cache
        sha256 = sha256_of(data).encode()
        if cache.get(self._before) != sha256 and self._evaluation.readings.lasting and self._is_as_before():
            cache.put({self._before: sha256})

    def _is_as_before(self) -> bool:
        return self._state(results_state(self._evaluation, self._today)) == self._before

    def _state(self, of_results: str) -> str:
        written = tuple(row.remark() for row in self._evaluation.written_losses if row.typed())
        return entry_key("master", of_results, plain_text(written, tuple[LossRemark, ...]))
