"""Formulas that are written out with their result: 15+18+26+35=94分."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.formula import FormulaSyntaxError, evaluate
from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_FORMULA = Pattern(
    r"(?P<left>[(（]?[\d.,]+[万亿元%分]*(?:\s*[-+×*÷/－＋—–][(（]?\s*[\d.,]+[万亿元%分]*[)）]?)+)\s*[=＝]\s*(?P<right>[\d.,]+)(?P<unit>%|万元|元|分)?"
)


@rule(
    "rate.formula",
    group=Group.RATES,
    named=True,
    title="写出的算式计算正确",
    good=("成本节约率=（327.66万元-327.1314万元）/327.66万元=0.16%。\n", "合计15+18+26+35=94分。\n"),
    bad=("成本节约率=（327.66万元-327.1314万元）/327.66万元=1.16%。\n", "合计15+18+26+35=95分。\n"),
)
def formulas(report: Report) -> Iterator[Result]:
    """A formula that is written out with its result."""
    for place, text in report.document.texts_with(_FORMULA, least=5):
        for match in _FORMULA.finditer(text):
            value = _evaluated(match["left"])
            right = Decimal(match["right"].replace(",", "")) if match["right"].count(".") < 2 else None
            if value is None or right is None:
                continue
            value = value * 100 if match["unit"] == "%" and "%" not in match["left"] else value
            half = Decimal(1).scaleb(int(right.as_tuple().exponent)) / 2
            facts = tuple(fact for fact in report.facts_at(place) if match.start() <= fact.start < match.end())
            if abs(value - right) <= half:
                if facts:
                    yield agrees(*facts)
            else:
                yield differs(
                    place, f"{match['right']}{match['unit'] or ''}", f"{value:.4f}".rstrip("0").rstrip("."),
                    f"算式“{match[0]}”的结果应为{value:.4f}".rstrip("0").rstrip("."), facts=facts, working=match[0],
                )  # fmt: skip


def _evaluated(text: str) -> Decimal | None:
    """The value of a written formula by the toolkit's own formula engine."""
    plain = re.sub(r"[万亿元分,\s]", "", text)
    plain = plain.translate(str.maketrans("（）×÷－＋—–＊", "()*/-+--*"))
    try:
        value = evaluate(f"={plain}", {})
    except FormulaSyntaxError:
        return None
    return value if isinstance(value, Decimal) else None
