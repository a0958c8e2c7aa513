"""The letter (通知函) that goes with a package: what the template's tags are filled with."""

from collections.abc import Callable

from toolkit.distribute.package import PackageFile, UnitPackage
from toolkit.model import LetterFacts, Project
from toolkit.text import amount
from toolkit.text.letters import letter_words

LETTER_TEMPLATE = "通知函.docx"


def letter_context(package: UnitPackage, facts: LetterFacts) -> dict[str, object]:
    """What the letter template's tags mean for one unit; the keys are the Chinese names used in the template."""
    workbooks = [(file, file.project) for file in package.files if file.project]
    rows = [_row(number, package.unit, file, project) for number, (file, project) in enumerate(workbooks, 1)]
    partners = dict.fromkeys(name for _, project in workbooks for name in _others(package.unit, project))
    return {
        **letter_words(facts, package.unit),
        "是否牵头": any(row["是否牵头"] for row in rows),
        "共同单位": "、".join(partners),
        "项目列表": rows,
        "金额单位": facts.money_unit,
        "佐证示例": facts.evidence_name,
    }


def letter_writer(facts: LetterFacts, template: bytes) -> Callable[[UnitPackage], bytes]:
    """The function :func:`make_packages` asks for letters; the template is compiled once for all units.

    Raises:
        TemplateError: now or when a letter is written, when the template's tags are wrong.
    """
    from toolkit.word.render import compile_template

    compiled = compile_template(template)
    return lambda package: compiled.render(letter_context(package, facts))


def _row(number: int, unit: str, file: PackageFile, project: Project) -> dict[str, object]:
    others = _others(unit, project)
    return {
        "序号": number,
        "项目名称": project.name,
        "合同金额": "—" if project.contract_amount is None else amount(project.contract_amount),
        "文件名": file.name,
        "是否牵头": bool(others) and project.units[0] == unit,
        "牵头单位": project.units[0] if project.units else unit,
        "共同单位": "、".join(others),
    }


def _others(unit: str, project: Project) -> tuple[str, ...]:
    return tuple(name for name in project.units if name != unit)
