"""Amounts below nothing of what cannot be: a budget, a contract, what was paid."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.lines import bare
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_SIGNED = Pattern(
    r"(?P<words>[\u4e00-\u9fff“”（）]{2,12}(?:为|是|：|:|共|计|共计|达)?|[，,](?:共|合计|总计|最[多少高低大小]))(?<![元万亿])(?P<amount>[-－−–][0-9][0-9,]*(?:\.[0-9]+)?\s*[亿万]?元)"
)
_MAY_BE = Pattern(
    "调整|调增|调减|增减|差|结余|变动|净|缺口|盈|亏|利润|收益|偏离|偏差|同比|环比|增长|影响|[起自由到从]$|单价|价格"
)
_AMOUNT = Pattern(
    r"(?:合同|预算|到位|支[出付]|拨付|付款|投资|审定|批复)[\u4e00-\u9fff]{0,6}(?:金额|资金|额|数)?|审计核减后合同金额"
)
_NEGATIVE = Pattern(r"\s*[-－−–][0-9][0-9,]*(?:\.[0-9]+)?\s*(?:[亿万]?元)?\s*")


@rule(
    "money.negative",
    group=Group.LOGIC,
    title="合同、预算、到位、支付等金额不是负数",
    good=(
        "预算资金100.00万元，预算调整数-25.50万元，收支结余-3.00万元。",
        "单价100元-200元，合同金额100.00万元-200.00万元。\n项目\t合同金额\t增减额\n甲\t10\t-2",
    ),
    bad=(
        "5个项目超过审定金额，共-12.61万元，最多-8.00万元。",
        "预算资金-100.00万元，实际到位资金100.00万元。",
        "项目\t合同金额\t增减额\n甲\t-10\t-2\n乙\t10\t2",
    ),
)
def negative(report: Report) -> Iterator[Result]:
    """A sign before an amount that words name, and in the cells below such a heading."""
    for place, text in report.document.texts_with(_SIGNED, least=5):
        for match in _SIGNED.finditer(text):
            if not _MAY_BE.search(match["words"]):
                yield _told(report, place, match["amount"], match.start("amount"))
    for table in report.document.tables:
        columns = [
            at
            for at, heading in enumerate(table.headings)
            if _AMOUNT.fullmatch(bare(heading)) and not _MAY_BE.search(heading)
        ]
        for row in table.rows[table.head :]:
            for at in columns:
                if _NEGATIVE.fullmatch(row[at].text) and not any(_MAY_BE.search(cell.label) for cell in row[:at]):
                    yield _told(report, row[at].place, row[at].text.strip(), 0)


def _told(report: Report, place: Place, amount: str, at: int) -> Result:
    facts = report.facts_within(place, at, at + len(amount))
    return doubtful(place, amount, amount.lstrip("-－−–"), f"{amount}是负数，这里的金额不会小于0", facts=facts)
