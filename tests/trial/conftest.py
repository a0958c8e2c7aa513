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
    Raw,
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
UNSEEN: dict[str, Typed] = {
    "digits crossed out": {
        "合同金额": Raw("<is><r><rPr><strike/></rPr><t>99</t></r><r><t>38.84</t></r></is>", "inlineStr")
    },
    "a number and a text in one cell": {"预算资金": Raw("<v>300</v><is><t>999</t></is>")},
    "a number of another namespace": {"实际到位资金": Raw('<o:v xmlns:o="urn:other">300</o:v>')},
    "two numbers in one cell": {"实际支出资金": Raw("<v>999</v><v>270</v>")},
    "digits written from right to left": {"累计支付金额": Raw("<is><t>\u202e072\u202c</t></is>", "inlineStr")},
}
"""What stands in one return's cells otherwise than a person sees it."""
_ARRIVED = ',"",实际到位资金/预算资金)'
CASES: dict[str, Typed] = {
    "as asked": {},
    "spent a computed sum": _EQUAL | _RATES_1 | {"实际支出资金": SUM},
    "budget a computed sum": _EQUAL | _RATES_1 | {"预算资金": SUM},
    "arrived left blank": {"实际到位资金": None, "资金到位率": Cell("0.95")},
    "optional field left blank": {"计划产出数": None, "完成值_C101": Cell("")},
    "figures copied": _COPIED,
    "figures copied again": _COPIED,
    "元 throughout": _YUAN | {"合同金额": 3000000, "审计核减后合同金额": 2900000},
    "paid beyond the contract": {"累计支付金额": 310, "支付金额_1": 310, "收款单位_1": "另一公司"},
    "rate typed over": {"预算执行率": 0.95, "完成值_B101": Cell("0.95")},
    "formula changed": {
        "预算执行率": Cell("0.9", 'IF(N(预算资金)=0,"",ROUND(实际支出资金/预算资金,4))'),
        "完成值_B101": Cell("0.9"),
    },
    "unseen": {name: cell for cells in UNSEEN.values() for name, cell in cells.items()},
    "literal as Gnumeric writes it": {
        "服务费": Cell("1.5", "ROUND(预算资金*0.0049999999999999999999,2)"),
        "完成值_B102": Cell("1", f"IF(预算资金<0.0049999999999999999999{_ARRIVED}"),
    },
}
NUMBER = {case: str(number) for number, case in enumerate(CASES, start=1)}
PAID_TO_ONE = '=SUMPRODUCT((收款单位="江北软件有限公司")*支付金额)=累计支付金额'
OWN_SCHEME = scheme(
    指标=indicators(B102={"规则参数": f"目标=100%；完成值=IF(预算资金<0.005{_ARRIVED}"}),
    字段=(*FIELDS, ("服务费", None, "资金情况", "金额", None, "否", "=ROUND(预算资金*0.005,2)", None, None, None)),
    勾稽=(*CROSS_CHECKS, ("J05", PAID_TO_ONE, "须更正", "付给该公司的应等于累计支付金额", "核对支付明细")),
    核查设置=(("检查项", "处理", "数值", "理由"), ("RATE-02", "容差", "0.5", "凭证以元计")),
)
SPARE = len(CASES) + 1
"""A project that has returned nothing yet."""


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
    made = started(tmp_path_factory.mktemp("trial"), OWN_SCHEME, SPARE)
    for case, typed in CASES.items():
        made.returned(int(NUMBER[case]), {"服务费": Cell("1.5"), **typed})
    assert made.do("collect").code in (0, 1)
    return Checked(made, made.do("check", "--json").json["findings"], made.do("score", "--json").json)


@pytest.fixture(scope="session")
def asked(checked: Checked, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What goes back to each project."""
    sent = Evaluation(Path(shutil.copytree(checked.evaluation.folder, tmp_path_factory.mktemp("asked") / "ws")))
    return sent.do("correct", "--json").json["projects"]


@pytest.fixture
def copy(checked: Checked, tmp_path: Path) -> Evaluation:
    """The same evaluation, to go on with."""
    return Evaluation(Path(shutil.copytree(checked.evaluation.folder, tmp_path / "ws")))
