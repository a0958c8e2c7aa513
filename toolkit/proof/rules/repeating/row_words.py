"""What the section of a project says in words, against the row of the tables: its unit, its rank."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Paragraph
from toolkit.proof.lines import bare
from toolkit.proof.outline import body, numeral
from toolkit.proof.records import label_of, name_columns
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_TABLE = "序号\t项目名称\t责任单位\t得分\t排名\n1\t甲信息平台\t市水利局\t92.0\t1\n2\t乙管理系统\t市司法局\t85.0\t2\n3\t丙监测网络\t市民政局\t78.5\t3\n"
_UNIT = Pattern(
    r"(?P<what>(?:责任|建设|实施|牵头|主管|项目)(?:单位|部门))(?:为|是|：)(?P<name>[\u4e00-\u9fff（）]{2,24})(?=[，。；、]|$)"
)
_RANK = Pattern(
    r"(?:排(?:名|在)?|位列|位居)第?(?P<rank>[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:名|位)?(?=[，。；]|$)"
)
_LONGEST = 40


@rule(
    "row.words",
    group=Group.SAME_FACT,
    title="分项目叙述的单位、排名与表中该行相同",
    good=(f"{_TABLE}\n\n（一）甲信息平台\n责任单位为市水利局，得92.0分，排名第1。",),
    bad=(
        f"{_TABLE}\n\n（一）甲信息平台\n责任单位为市水务局，得92.0分，排名第1。",
        f"{_TABLE}\n\n（一）甲信息平台\n责任单位为市水利局，得92.0分，排名第2。",
    ),
)
def words(report: Report) -> Iterator[Result]:
    """The paragraphs under a heading that names one row."""
    rows = _rows(report)
    name = ""
    for paragraph in body(report.document) if rows else ():
        title = label_of(paragraph.text) if len(paragraph.text) <= _LONGEST else ""
        if paragraph.level or title in rows:
            name = title if title in rows else ""
            continue
        yield from _compared(report, paragraph, rows[name]) if name else ()


def _rows(report: Report) -> Mapping[str, dict[str, list[Cell]]]:
    """Name → heading → the cells of all tables that have such a row."""
    found: dict[str, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for table in report.document.tables:
        for column in name_columns(table)[:1]:
            labels = [label_of(row[column].text) for row in table.rows[table.head :]]
            times = Counter(labels)
            headings = [bare(heading) for heading in table.headings]
            for label, row in zip(labels, table.rows[table.head :], strict=True):
                for heading, cell in zip(headings, row, strict=True) if times[label] == 1 else ():
                    if cell.text.strip():
                        found[label][heading].append(cell)
    return {name: dict(cells) for name, cells in found.items() if name}


def _compared(report: Report, paragraph: Paragraph, row: Mapping[str, list[Cell]]) -> Iterator[Result]:
    for match in _UNIT.finditer(paragraph.text):
        cells = row.get(match["what"], [])
        yield from _told(paragraph, match["name"], [cell.label for cell in cells], cells)
    for match in _RANK.finditer(paragraph.text):
        cells = [cell for heading in ("排名", "名次", "位次") for cell in row.get(heading, ())]
        ranks = [str(numeral(cell.label)) for cell in cells]
        facts = report.facts_within(paragraph.place, match.start(), match.end())
        results = list(_told(paragraph, str(numeral(match["rank"])), ranks, cells))
        yield from results or ([agrees(*facts)] if facts and cells else [])


def _told(paragraph: Paragraph, name: str, known: list[str], cells: list[Cell]) -> Iterator[Result]:
    if known and name not in known and not any(name in one or one in name for one in known if not one.isdecimal()):
        message = f"写“{name}”，表中这一行是“{known[0]}”"
        yield differs(paragraph.place, name, known[0], message, related=(cells[0].place,), confidence=85)
