"""What two calculation engines make of every workbook of an evaluation: generated, returned, and the master."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TypeVar

from toolkit.cache import entry_key, program_state
from toolkit.collect.worker import IsolatedReader, each_apart
from toolkit.errors import UnreadableFileError
from toolkit.excel.files import is_owner_file, sha256_of
from toolkit.excel.second_engine import Recalculated, recalculate, second_engine
from toolkit.model import CellRef, Content, Finding, Sentence, Severity
from toolkit.model.plain import DamagedValueError, from_plain_text, plain_text
from toolkit.pipeline.intake.originals import original_path
from toolkit.pipeline.intake.returned import Returns
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.progress import Progress, silent
from toolkit.pipeline.verdict import SecondOpinion

Item = TypeVar("Item")
_TOGETHER = 100
STAGE = "第二个引擎复算"
_DIFFERS = "用 Excel 打开该文件重新计算（Ctrl+Alt+F9），看单元格显示哪一个数；把文件发给维护人员"
_LEFT_OUT = "不影响结果；需要第二个引擎复算的，请把公式改为不引用其他文件"


def second_opinion(evaluation: Evaluation, known: Returns, progress: Progress = silent) -> SecondOpinion:
    """Calculate every workbook with both engines, in two killable workers; known results are kept."""
    engine = second_engine()
    if not engine:
        return SecondOpinion("")
    found = _calculated(evaluation, engine, list(_workbooks(evaluation, known)), progress)
    results = [result for _, result in found if isinstance(result, Recalculated)]
    return SecondOpinion(
        engine,
        len(results),
        sum(result.formulas for result in results),
        sum(result.left_out for result in results),
        sum(result.differing for result in results),
        tuple(finding for name, result in found for finding in _findings(name, result, engine)),
    )


def _calculated(
    evaluation: Evaluation, engine: str, files: list[tuple[str, Path]], progress: Progress
) -> list[tuple[str, Recalculated | str]]:
    """Every workbook's name and result, or why it has none."""
    keys = [entry_key("second engine", program_state(), engine, sha256_of(path.read_bytes())) for _, path in files]
    kept = _kept(evaluation, keys)
    unknown = {key: file for key, file in zip(keys, files, strict=True) if key not in kept}
    done = len(files) - len(unknown)
    apart = each_apart(((path.read_bytes(), name) for name, path in unknown.values()), _recalculated, None, recalculate)
    for some in _in_parts(zip(unknown.items(), apart, strict=True)):
        for (key, (name, _)), result in some:
            done, kept[key] = done + 1, result
            progress(STAGE, done, len(files), item=name)
        new = {key: result for (key, _), result in some if isinstance(result, Recalculated)}
        evaluation.workspace.cache.put({key: plain_text(result, Recalculated) for key, result in new.items()})
    progress(STAGE, len(files), len(files))
    return [(name, kept[key]) for key, (name, _) in zip(keys, files, strict=True)]


def _in_parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Some at a time: what a killed run worked out before is kept."""
    left = iter(items)
    while some := list(islice(left, _TOGETHER)):
        yield some


def _workbooks(evaluation: Evaluation, known: Returns) -> Iterator[tuple[str, Path]]:
    """Name and path; a return under the name it came with. Formats whose formulas cannot be seen are not among them."""
    space = evaluation.workspace
    for path in sorted(space.workbooks.glob("*.xlsx")):
        if not is_owner_file(path):
            yield path.name, path
    for receipt in known.receipts.values():
        path = original_path(space, receipt.sha256)
        if receipt.name.lower().endswith((".xlsx", ".xlsm")) and path.is_file():
            yield receipt.name, path
    if space.master.is_file():
        yield space.master.name, space.master


def _kept(evaluation: Evaluation, keys: list[str]) -> dict[str, Recalculated | str]:
    found: dict[str, Recalculated | str] = {}
    for key, data in evaluation.workspace.cache.get_many(keys).items():
        with suppress(DamagedValueError):
            found[key] = from_plain_text(data, Recalculated)
    return found


def _recalculated(reader: IsolatedReader, data: bytes, name: str) -> Recalculated | str:
    try:
        answer = reader.plain(data, name)
    except UnreadableFileError as error:
        return error.message
    return Recalculated(*answer) if len(answer) > 1 else str(answer[0])


def _findings(name: str, result: Recalculated | str, engine: str) -> Iterator[Finding]:
    if isinstance(result, str):
        told = Sentence.of("第二个计算引擎（{engine}）没有复算这个工作簿：{why}", {"engine": engine, "why": result})
        yield Finding("VERIFY-31", Severity.NOTE, CellRef(name), told, _LEFT_OUT)
        return
    for sheet, cell, formula, ours, theirs in result.differences:
        words: dict[str, Content] = {"ours": ours, "engine": engine, "theirs": theirs, "formula": formula}
        told = Sentence.of("两个计算引擎的结果不同：本工具 {ours}，{engine} {theirs}；公式 {formula}", words)
        yield Finding("VERIFY-30", Severity.WARNING, CellRef(name, sheet, cell), told, _DIFFERS)
