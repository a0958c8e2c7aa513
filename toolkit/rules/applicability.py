"""适用条件: whether an indicator applies to a project, as an Excel formula over the roster's columns."""

from decimal import Decimal, InvalidOperation

from toolkit.formula import evaluate
from toolkit.model import Indicator, Project, Value


def applies(indicator: Indicator, project: Project) -> bool:
    """Evaluate the indicator's condition over the project's roster row; an indicator without condition always applies.

    A condition that gives no TRUE/FALSE (an unknown column, an error) applies: nothing is dropped silently.
    """
    if not indicator.applies_when:
        return True
    result = evaluate(indicator.applies_when, roster_values(project))
    return bool(result) if isinstance(result, bool | Decimal) else True


def roster_values(project: Project) -> dict[str, Value]:
    """A project's roster row as named values: the usual columns by their headings, and every further column."""
    further = {name: _typed(text) for name, text in project.attributes.items()}
    return {
        **further,
        "序号": project.id,
        "立项年度": Decimal(project.year),
        "责任单位": project.unit,
        "项目名称": project.name,
        "合同金额": project.contract_amount,
        "项目类型": project.project_type or None,
        "联系人": project.contact or None,
        "电话": project.phone or None,
        "邮箱": project.email or None,
    }


def _typed(text: str) -> Value:
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if number.is_finite() else text
