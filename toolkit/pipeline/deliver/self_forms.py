"""自评表 of every project that returned, where the scheme names a form: a Word document and a workbook each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from toolkit.aggregate import PrintedMaster
from toolkit.errors import UnreadableFileError
from toolkit.excel.differences import book_differences
from toolkit.excel.files import safe_file_name, unique_names
from toolkit.excel.form_book import form_workbook
from toolkit.model import CellRef, Finding, Project, Sentence, Severity, Submission
from toolkit.model.printed_form import PrintedForm
from toolkit.model.self_form import SELF_FORM_FILE
from toolkit.pipeline.intake.returned import Returns
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.report.self_form import SELF_FORM, SelfForm, form_facts, form_named, self_form

_AGAIN = "请勿直接改动；重新运行生成它的命令"
_LENGTH = 60  # characters of a project's name in a file name


@dataclass(frozen=True, slots=True)
class SelfFormFile:
    """A form to be written: its path, and its bytes when they are wanted."""

    path: Path
    data: Callable[[], bytes]


def chosen_form(evaluation: Evaluation) -> SelfForm | None:
    """The form the scheme names; None where it names none, or none there is."""
    text = evaluation.scheme.settings.get(SELF_FORM, "").strip()
    return form_named(text) if text else None


def form_maker(evaluation: Evaluation, known: Returns) -> Callable[[PrintedMaster], Iterator[SelfFormFile]]:
    """Makes the forms; where the scheme names none, nothing of what was read is held for them."""
    return partial(self_forms, evaluation, known) if chosen_form(evaluation) else lambda _: iter(())


def self_forms(evaluation: Evaluation, known: Returns, master: PrintedMaster) -> Iterator[SelfFormFile]:
    """The forms in roster order, document before workbook; none where the scheme names no form."""
    form = chosen_form(evaluation)
    if form is None:
        return
    returned = [project for project in evaluation.roster.projects if project.id in known.counting]
    alone = len(evaluation.roster.projects) == 1
    stems = unique_names(
        safe_file_name(f"{'' if alone else f'{project.file_number}_'}{project.name[:_LENGTH]}{SELF_FORM_FILE}")
        for project in returned
    )
    for stem, project in zip(stems, returned, strict=True):
        printed = partial(_printed, evaluation, master, form, project, known)
        yield from _files(printed, evaluation.workspace.reports / stem)


def verify_self_forms(evaluation: Evaluation, known: Returns, master: PrintedMaster) -> Iterator[Finding]:
    """Every form there should be, its workbook against what would be printed now; documents are verified as reports."""
    for form in self_forms(evaluation, known, master):
        if not form.path.is_file():
            words = Sentence.of("{name}尚未生成", {"name": form.path.name})
            yield Finding("VERIFY-00", Severity.ERROR, CellRef(form.path.name), words, "先运行 jixiao run")
        elif form.path.suffix == ".xlsx":
            yield from verify_workbook(form.path, form.data())


def verify_workbook(path: Path, expected: bytes) -> Iterator[Finding]:
    """What in a workbook the toolkit wrote is no longer what it would write."""
    try:
        differences = list(book_differences(expected, path.read_bytes()))
    except UnreadableFileError as error:
        yield Finding(
            "VERIFY-21",
            Severity.ERROR,
            CellRef(path.name),
            Sentence.of("文件读不出来：{reason}", {"reason": error.message}),
            _AGAIN,
        )
        return
    for difference in differences:
        at = CellRef(path.name, difference.sheet, difference.cell)
        words = Sentence.of(
            "《{sheet}》{cell}为“{found}”，应为“{expected}”",
            {
                "sheet": difference.sheet,
                "cell": difference.cell,
                "found": difference.found[:60],
                "expected": difference.expected[:60],
            },
        )
        yield Finding(
            "VERIFY-21",
            Severity.ERROR,
            at,
            words,
            _AGAIN,
            found=difference.found[:60],
            expected=difference.expected[:60],
        )


def _files(printed: Callable[[], PrintedForm], path: Path) -> Iterator[SelfFormFile]:
    """Both files of a form, which is filled in when one of them is wanted: all of them are listed first."""
    yield SelfFormFile(path.with_name(f"{path.name}.docx"), lambda: _document(printed()))
    yield SelfFormFile(path.with_name(f"{path.name}.xlsx"), lambda: form_workbook(printed()))


def _document(form: PrintedForm) -> bytes:
    # Imported here: most schemes name no form.
    from toolkit.word.form_document import form_document

    return form_document(form)


def _printed(
    evaluation: Evaluation, master: PrintedMaster, form: SelfForm, project: Project, known: Returns
) -> PrintedForm:
    return printed_form(evaluation, master, form, project, known.counting[project.id])


def printed_form(
    evaluation: Evaluation, master: PrintedMaster, form: SelfForm, project: Project, submission: Submission
) -> PrintedForm:
    """One project's form, filled in with what its unit returned."""
    return self_form(form, form_facts(evaluation.scheme, project, submission, master.figures))
