"""Reports of an earlier run that this one does not write: renamed with their project, or moved out of the way.

A report is called after its project, an overall one after the evaluation. When the roster or the scheme calls them
otherwise, the file takes the new name, and what a person typed into it is merged as always. What nobody asks for any
more leaves the folder of what is handed in; nothing is deleted (ADR 0053).
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count
from pathlib import Path

from toolkit.errors import FileBusyError
from toolkit.model import CellRef, Content, Finding, Sentence, Severity, Stated
from toolkit.model.document_kind import DocumentKind
from toolkit.model.self_form import SELF_FORM_FILE
from toolkit.pipeline.plan.outputs import Outputs, is_dated_copy
from toolkit.report import PROJECT_REPORT

ASIDE = "不再出具的报告"
"""The folder, beside the reports, of those that are not written any more."""
RENAMED, PUT_ASIDE = "REPORT-03", "REPORT-04"
_OF_PROJECTS = (f"{PROJECT_REPORT}.docx", f"{SELF_FORM_FILE}.docx", f"{SELF_FORM_FILE}.xlsx")
_OF_ALL = tuple(f"{kind}.docx" for kind in DocumentKind if kind.is_of_all)
_NAMED = 3
"""So many files are named in a message."""


def follow_names(outputs: Outputs, folder: Path, expected: Sequence[Path]) -> tuple[Finding, ...]:
    """Give reports the names they have now, move away those that are not ``expected``; what was done, in findings.

    Only what the toolkit wrote is touched. A file that is open in another program stays until the next run.
    """
    wanted = {path.name for path in expected}
    left = [path for path in sorted(_written(outputs, folder)) if path.name not in wanted]
    renamed = dict(_pairs(left, [path for path in expected if not path.exists()]))
    followed, gone = [], []
    for old in left:
        try:
            if new := renamed.get(old):
                outputs.move(old, new)
                followed.append(f"“{old.name}”改为“{new.name}”")
            else:
                outputs.move(old, _free(folder / ASIDE / old.name))
                gone.append(f"“{old.name}”")
        except FileBusyError:
            continue
    return tuple(_told(followed, gone))


def _written(outputs: Outputs, folder: Path) -> Iterator[Path]:
    """The reports and self-evaluation forms in the folder that the toolkit wrote."""
    for path in folder.iterdir() if folder.is_dir() else ():
        ours = path.suffix == ".docx" or path.name.endswith(_OF_PROJECTS)
        if ours and path.is_file() and not is_dated_copy(path) and outputs.written(path):
            yield path


def _pairs(written: Sequence[Path], wanted: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    """Files and the names they get: first where the project is called the same, then where its 序号 is the same.

    So two projects that change their numbers do not get each other's words; of several that fit none is taken.
    """
    left, missing = list(written), list(wanted)
    for key in (_title, _number):
        for old in list(left):
            of_old = key(old.name)
            same = [new for new in missing if any(of_old) and key(new.name) == of_old]
            if len(same) == 1 and [key(other.name) for other in left].count(of_old) == 1:
                yield old, same[0]
                left.remove(old)
                missing.remove(same[0])


def _title(name: str) -> tuple[str, str]:
    """What a project's report is called but for its number; blank for others."""
    _, _, title = name.partition("_")
    return ("", title) if name.endswith(_OF_PROJECTS) else ("", "")


def _number(name: str) -> tuple[str, str]:
    """The number of a report's project, and what report it is; overall reports and those of one project have none."""
    kind = next((ending for ending in (*_OF_PROJECTS, *_OF_ALL) if name.endswith(ending)), "")
    number, joined, _ = name.partition("_")
    return (number if joined and kind in _OF_PROJECTS else "", kind)


def _free(path: Path) -> Path:
    """The path itself, or with the next number while there is such a file."""
    numbered = (path.with_name(f"{path.stem}（{number}）{path.suffix}") for number in count(2))
    return path if not path.exists() else next(other for other in numbered if not other.exists())


def _told(followed: list[str], gone: list[str]) -> Iterator[Finding]:
    if followed:
        template = "项目清单或方案改了名称，{count}份已出的报告随之改名：{names}"
        yield _finding(RENAMED, template, followed, "不需要处理：改名前人工写的内容照常合并在改名后的报告里")
    if gone:
        template = "{count}份已出的报告现在没有对应的项目，移到文件夹“{folder}”：{names}"
        yield _finding(PUT_ASIDE, template, gone, "项目确已退出的不需要处理；人工写的内容还要用的，从该文件夹里取回")


def _finding(code: str, template: str, files: list[str], hint: str) -> Finding:
    names = "、".join(files[:_NAMED]) + ("等" if len(files) > _NAMED else "")
    words: dict[str, Content] = {"count": Stated(Decimal(len(files))), "names": names, "folder": ASIDE}
    return Finding(code, Severity.NOTE, CellRef(), Sentence.of(template, words), hint)
