"""What the roster already knows about a project, put into its workbook beforehand."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from toolkit.model import FieldType, Indicator, Project, Scheme, Value
from toolkit.rules import applies
from toolkit.text import plain

NOT_APPLICABLE = "不适用"
_BRACKETS = re.compile(r"[（(].*?[）)]")

PROJECT_FACTS: Mapping[str, Callable[[Project], Value]] = {
    "序号": lambda project: project.id,
    "立项年度": lambda project: Decimal(project.year),
    "责任单位": lambda project: project.unit,
    "牵头单位": lambda project: project.units[0] if project.units else project.unit,
    "名称": lambda project: project.name,
    "合同金额": lambda project: project.contract_amount,
    "联系人": lambda project: project.contact,
    "联系电话": lambda project: project.phone,
    "邮箱": lambda project: project.email,
    "项目类型": lambda project: project.project_type,
}
"""By the name used in tags (``{{ 项目.名称 }}``) and, with a few synonyms, in the scheme's column 预填."""

_SYNONYMS = {"项目名称": "名称", "电话": "联系电话", "电子邮箱": "邮箱", "项目序号": "序号", "单位": "责任单位"}


def project_fact(project: Project, column: str) -> Value:
    """What the roster's column says about the project; None when it says nothing.

    Units: amounts in the scheme's money unit.
    """
    if column in project.attributes:
        return project.attributes[column] or None
    name = _BRACKETS.sub("", column).strip()
    fact = PROJECT_FACTS.get(_SYNONYMS.get(name, name))
    value = fact(project) if fact else project.attributes.get(name)
    return None if value == "" else value


def prefilled(scheme: Scheme, project: Project) -> dict[str, Value]:
    """The values put into a project's workbook beforehand, by slot key.

    Only what the roster and the scheme know: fields with 预填, the evidence asked for by each indicator, and 不适用 in
    every cell a unit would have to fill in for an indicator that does not apply to the project.
    """
    values: dict[str, Value] = {}
    for field in scheme.fields:
        if field.prefill and not field.table:
            # a text cell gives text back: a year put in as a number would come back as changed
            as_text = field.type is FieldType.TEXT
            values[field.key] = (
                fact_text(project, field.prefill) or None if as_text else project_fact(project, field.prefill)
            )
    for indicator in scheme.indicators:
        if indicator.evidence:
            values[indicator.name_for("佐证")] = "、".join(indicator.evidence)
        if not applies(indicator, project):
            values |= dict.fromkeys(answer_keys(indicator), NOT_APPLICABLE)
    return values


def answer_keys(indicator: Indicator) -> list[str]:
    """Slot keys of what a unit has to answer for an indicator: its values and its self score."""
    asked = [asked.key for asked in indicator.inputs if not asked.by_evaluator and not asked.formula]
    return [*asked, indicator.name_for("自评分")]


def fact_text(project: Project, name: str) -> str:
    """A project fact as text, for the identity sheet and for headings."""
    value = project_fact(project, name)
    return plain(value) if isinstance(value, Decimal) else str(value or "")
