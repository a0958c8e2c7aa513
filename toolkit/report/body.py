"""整体核查清单 in the verification report: the population, what of it is evaluated, totals, the body's execution."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.model import LISTED_AMOUNTS, BodyFigures, BodyLine, Figure, Project, Severity
from toolkit.report.facts import ReportFacts
from toolkit.report.wording import Sentence, chained, one_line, quote, quoted, said, say, stopped
from toolkit.text.units import is_one_unit

_SHARE = "支出占预算"
_RATES = ("资金到位率", "预算执行率", _SHARE)
_UNSPENT, _NUMBER = "到位未支出", "项目数"
_SHOWN = 3
_OF_LIST = ("ROSTER-14", "ROSTER-16")
_Row = dict[str, object]


def body_words(facts: ReportFacts) -> dict[str, object]:
    """The names the template may use: 清单 (nothing where there is no such list) and 独立性."""
    body = facts.figures.body
    listed = _listed(facts, body) if body else {}
    return {"清单": listed, "独立性": _independence(facts)}


def _listed(facts: ReportFacts, body: BodyFigures) -> _Row:
    shown = [name for name in (*LISTED_AMOUNTS, *_RATES) if body.total.figures[name].value is not None]
    columns = [name for name in shown if name != _SHARE]
    return {
        "项目数": body.total.figures[_NUMBER],
        "参评数": body.evaluated.figures[_NUMBER],
        "未参评数": body.others.figures[_NUMBER],
        "总体": _population(facts, body),
        "结论": list(_conclusions(facts, body)),
        "列": columns,
        "行": [*(_row(line, columns) for line in body.lines), *_sum_rows(body, columns)],
        "分组": _groups(facts, body, shown),
        "差异": list(_differences(body)),
        "备注": list(_notes(body)),
        "问题": list(_doubts(facts)),
    }


def own_projects(facts: ReportFacts) -> tuple[Project, ...]:
    """The evaluated projects the report is about: those on the list, in its order, else all of the unit."""
    body = facts.figures.body
    if body is None:
        return facts.roster.units().get(facts.verification_unit, ())
    found = (facts.roster.project(line.listed.project) for line in body.lines if line.listed and line.listed.project)
    return tuple(project for project in found if project)


def _population(facts: ReportFacts, body: BodyFigures) -> list[Sentence]:
    unit = facts.scheme.money_unit
    amounts = [
        say(f"{name}合计", body.total.figures[name], unit)
        for name in ("合同金额", "预算资金")
        if body.total.figures[name].value is not None
    ]
    opening = say(
        "本次核查的总体为整体核查清单所列的",
        body.total.figures[_NUMBER],
        "个项目，与参加绩效评价的项目清单分别计数",
        say("，", chained(amounts, "，")) if amounts else "",
        "。",
    )
    return [sentence for sentence in (opening, _overlap(body), _left_out(facts, body)) if sentence]


def _overlap(body: BodyFigures) -> Sentence:
    """Which projects stand on both lists, and what told so."""
    both = [line.listed for line in body.lines if line.listed and line.listed.project]
    if not both:
        return ("所列项目均未参加本次绩效评价，金额取清单所列数。",)
    known = "、".join(dict.fromkeys(listed.known_by for listed in both))
    names = quoted(listed.name for listed in both)
    start = say("其中", body.evaluated.figures[_NUMBER], f"个同时参加本次绩效评价（按{known}认定），为{names}，")
    money = "金额取采集表核定数，采集表没有的取清单所列数"
    if not body.others.figures[_NUMBER].value:
        return say(start, f"{money}。")
    return say(start, f"{money}；其余", body.others.figures[_NUMBER], "个未参加评价，金额取清单所列数，不评分。")


def _left_out(facts: ReportFacts, body: BodyFigures) -> Sentence:
    listed = {line.listed.project for line in body.lines if line.listed}
    ours = [project for project in facts.roster.projects if _of_body(facts, project) and project.id not in listed]
    if not ours:
        return ()
    names = quoted(project.name for project in ours)
    return (f"参加评价、由{facts.verification_unit}负责而不在整体核查清单内的有{names}，不计入本报告的合计。",)


def _of_body(facts: ReportFacts, project: Project) -> bool:
    return any(is_one_unit(unit, facts.verification_unit) for unit in project.units)


def _conclusions(facts: ReportFacts, body: BodyFigures) -> Iterator[Sentence]:
    if money := _execution(facts, body.total, "全部项目", body.counts):
        yield say(money, "。")
    if body.evaluated.figures[_NUMBER].value and body.others.figures[_NUMBER].value:
        groups = ((body.evaluated, "参加评价的项目"), (body.others, "未参加评价的项目"))
        parts = [part for line, words in groups if (part := _execution(facts, line, words))]
        if len(parts) == len(groups):
            yield say("其中，", chained(parts, "；"), "。")
    if lowest := _lowest(body):
        yield lowest
    if body.total.figures["总分"].value is not None:
        yield say(
            "参加评价并已评分的", body.counts.figures["总分"], "个项目平均得分", body.total.figures["总分"], "分。"
        )


def _execution(facts: ReportFacts, line: BodyLine, whose: str, counts: BodyLine | None = None) -> Sentence:
    """Money of a group in one sentence; over how many projects each is, where not over all."""
    unit, parts = facts.scheme.money_unit, []
    every = line.figures[_NUMBER].value
    for name in ("预算资金", "实际到位资金", "实际支出资金", _UNSPENT, *_RATES):
        figure = line.figures[name]
        if figure.value is None:
            continue
        number = counts.figures[name] if counts else None
        only = say("（", number, "个项目有数据）") if number is not None and number.value != every else ""
        words = {_SHARE: "支出占预算的"}.get(name, f"{name}合计" if name in LISTED_AMOUNTS else name)
        parts.append(say(words, figure, "" if name in _RATES else unit, only))
    return say(whose, chained(parts, "，")) if parts else ()


def _lowest(body: BodyFigures) -> Sentence:
    rated = [line for line in body.lines if line.figures["预算执行率"].value is not None]
    ordered = sorted(rated, key=lambda line: line.figures["预算执行率"].value or Decimal(0))
    below = [line for line in ordered if (line.figures["预算执行率"].value or 0) < 1][:_SHOWN]
    if len(rated) <= _SHOWN or not below:
        return ()
    shown = chained([say(quoted([_name(line)]), "（", line.figures["预算执行率"], "）") for line in below])
    return say("预算执行率较低的有", shown, "。")


def _name(line: BodyLine) -> str:
    return line.listed.name if line.listed else ""


def _row(line: BodyLine, shown: Sequence[str]) -> _Row:
    figures, listed = line.figures, line.listed
    return {
        "序号": listed.id if listed else "",
        "编号": (listed.code if listed else "") or "—",
        "名称": _name(line),
        "参评": (listed.project if listed else "") or "—",
        "各项": [figures[name] for name in shown],
        "总分": figures["总分"],
        "等级": line.grade or "—",
    }


def _sum_rows(body: BodyFigures, shown: Sequence[str]) -> Iterator[_Row]:
    bare = {"编号": "", "参评": "", "总分": "", "等级": ""}  # a mean below scores would look like their sum
    yield {**_row(body.total, shown), "名称": "合计", **bare}
    partial = any(body.counts.figures[name].value != body.total.figures[_NUMBER].value for name in shown)
    if partial:
        yield {**_row(body.counts, shown), "名称": "有数据的项目数", **bare}


def _groups(facts: ReportFacts, body: BodyFigures, shown: Sequence[str]) -> list[_Row]:
    """One row an amount or a rate: over all, over those evaluated, over the others."""
    unit, groups = facts.scheme.money_unit, (body.total, body.evaluated, body.others)
    names = [name for name in (*LISTED_AMOUNTS, _UNSPENT, *_RATES) if name in (*shown, _UNSPENT)]
    words = {_NUMBER: "项目数（个）"} | {name: f"{name}（{unit}）" for name in (*LISTED_AMOUNTS, _UNSPENT)}
    return [
        {"名称": words.get(name, name), "各项": [line.figures[name] for line in groups]}
        for name in (_NUMBER, *names)
        if any(line.figures[name].value is not None for line in groups)
    ]


def _notes(body: BodyFigures) -> Iterator[_Row]:
    """What the list remarks, its numbers traced to sheet 整体核查."""
    for line in body.lines:
        if line.listed and line.listed.remark:
            text = stopped(one_line(line.listed.remark))
            yield {"名称": line.listed.name, "备注": quote(text, line.figures["备注"].at)}


def _doubts(facts: ReportFacts) -> Iterator[Sentence]:
    """What checks found about amounts and dates of the list; amounts that differ stand in a table of their own."""
    for finding in facts.figures.findings:
        if finding.code in _OF_LIST and finding.severity is Severity.WARNING:
            yield said(finding, facts.figures.problems.get(finding, ""))


def _differences(body: BodyFigures) -> Iterator[_Row]:
    """Where the list and the verified amounts of the evaluation say different things."""
    for line in body.lines:
        if not line.figures["差异项数"].value:
            continue
        for name in LISTED_AMOUNTS:
            used, written = line.figures[name], line.figures[f"清单{name}"]
            if written.value is not None and used.value is not None and _apart(used, written):
                yield {
                    "序号": line.listed.id if line.listed else "",
                    "名称": _name(line),
                    "金额": name,
                    "清单": written,
                    "核定": used,
                }


def _apart(one: Figure, other: Figure) -> bool:
    return abs((one.value or Decimal(0)) - (other.value or Decimal(0))) > Decimal("0.005")


def _independence(facts: ReportFacts) -> list[str]:
    """What is disclosed where the client's own projects are examined."""
    client = facts.scheme.client
    if not is_one_unit(client, facts.verification_unit):
        return []
    words = (
        f"委托单位{client}同时是被核查单位。为保证核查独立，核查按事先确定的评价方案进行，得分和金额由报送件、核定记录和清单计算，"
        "每个数字可以追溯到原始资料；核查结论由核查机构作出并负责，委托单位的意见按征求意见程序书面处理。"
    )
    return [words, *([facts.disclosure] if facts.disclosure else [])]


def numbered(rows: object) -> list[_Row]:
    """The rows numbered from 1: numbers of the roster have gaps where the list holds only some of its projects."""
    count, found = 0, []
    for row in rows if isinstance(rows, list) else []:
        count += bool(row["序号"])
        found.append({**row, "序号": str(count) if row["序号"] else ""})
    return found
