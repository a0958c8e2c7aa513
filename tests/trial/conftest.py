"""One evaluation whose projects have a reported mistake each; carried through the commands once."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.trial.own_evaluation import (
    ANSWERS,
    CROSS_CHECKS,
    FIELDS,
    Cell,
    Evaluation,
    Typed,
    indicators,
    scheme,
    started,
)

SUM = Cell("102.20000000000002", "48.46+46.09+7.65")
_EQUAL = {"实际支出资金": 102.2, "累计支付金额": 102.2, "支付金额_1": 102.2, "实际到位资金": 102.2, "预算资金": 102.2}
_RATES_1 = {"资金到位率": Cell("1"), "预算执行率": Cell("1"), "完成值_B101": Cell("1"), "完成值_B102": Cell("1")}
_YUAN = {name: value * 10000 for name, value in ANSWERS.items() if isinstance(value, int) and value in (270, 300)}
_COPIED = {
    "预算资金": 288.37, "实际到位资金": 263.91, "实际支出资金": 241.58, "累计支付金额": 241.58, "支付金额_1": 241.58,
    "资金到位率": Cell("0.9152"), "预算执行率": Cell("0.9154"), "完成值_B101": Cell("0.9154"),
    "完成值_B102": Cell("0.9151506744807"),
}  # fmt: skip
CASES: dict[str, Typed] = {
    "as asked": {},
    "spent a computed sum": _EQUAL | _RATES_1 | {"实际支出资金": SUM},
    "budget a computed sum": _EQUAL | _RATES_1 | {"预算资金": SUM},
    "arrived left blank": {"实际到位资金": None, "资金到位率": Cell("0.95")},
    "optional field left blank": {"计划产出数": None, "完成值_C101": Cell("")},
    "figures copied": _COPIED,
    "figures copied again": _COPIED,
    "元 throughout": _YUAN | {"合同金额": 3000000, "审计核减后合同金额": 2900000},
    "paid beyond the contract": {"累计支付金额": 310, "支付金额_1": 310},
    "literal as Gnumeric writes it": {"服务费": Cell("1.5", "ROUND(预算资金*0.0049999999999999999999,2)")},
}
NUMBER = {case: str(number) for number, case in enumerate(CASES, start=1)}
OWN_SCHEME = scheme(
    指标=indicators(B102={"规则参数": "目标=100%；完成值=实际到位资金/预算资金"}),
    字段=(*FIELDS, ("服务费", None, "资金情况", "金额", None, "否", "=ROUND(预算资金*0.005,2)", None, None, None)),
    勾稽=CROSS_CHECKS,
)


@dataclass(frozen=True)
class Checked:
    """The evaluation after check and score."""

    evaluation: Evaluation
    findings: list[dict[str, Any]]
    scores: dict[str, Any]

    def of(self, case: str) -> list[dict[str, Any]]:
        """Findings about the project that has this mistake."""
        return [finding for finding in self.findings if finding["project"] == NUMBER[case]]

    def codes(self, case: str) -> set[str]:
        return {finding["code"] for finding in self.of(case)}

    def indicator(self, case: str, code: str) -> dict[str, Any]:
        (project,) = (each for each in self.scores["projects"] if each["id"] == NUMBER[case])
        return next(each for each in project["indicators"] if each["code"] == code)


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    made = started(tmp_path_factory.mktemp("trial"), OWN_SCHEME, len(CASES))
    for case, typed in CASES.items():
        made.returned(int(NUMBER[case]), {"服务费": Cell("1.5"), **typed})
    assert made.do("collect").code in (0, 1)
    return Checked(made, made.do("check", "--json").json["findings"], made.do("score", "--json").json)


@pytest.fixture
def copy(checked: Checked, tmp_path: Path) -> Evaluation:
    """The same evaluation, to go on with."""
    return Evaluation(Path(shutil.copytree(checked.evaluation.folder, tmp_path / "ws")))
