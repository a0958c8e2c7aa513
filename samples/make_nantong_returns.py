"""Write ``nantong-2024/returns.md``: what the units type and what the evaluators decide.

Run it again after a change of ``source.md`` or ``profile.md``::

    python samples/make_nantong_returns.py && python samples/make_samples.py
"""

import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from nantong_cells import cells_of  # noqa: E402  (the folder is no package)
from nantong_opinions import opinion_rows  # noqa: E402
from nantong_profile import Profile, choose, read_profiles  # noqa: E402
from typed_returns import submission_of  # noqa: E402

from toolkit.excel.files import write_atomic  # noqa: E402
from toolkit.excel.md_table import md_workbook, parse_md_workbook  # noqa: E402
from toolkit.formula.fields import field_values  # noqa: E402
from toolkit.model import LineState, Project, Scheme  # noqa: E402
from toolkit.rules import applies  # noqa: E402
from toolkit.scheme import read_roster, read_scheme, roster_workbook, scheme_workbook  # noqa: E402
from toolkit.scoring import score_line  # noqa: E402
from toolkit.text import plain  # noqa: E402

FOLDER = HERE / "nantong-2024"
RETURNS_FROM = date(2024, 11, 25)
SCHEME_SHEETS = ("方案", "指标", "字段", "勾稽", "选项", "佐证")
OPINION_HEADINGS = ("项目序号", "指标编号", "取值项", "核定值", "理由", "佐证", "评价人", "复核人")
_TITLE = """# 南通 2024：各单位填报习惯与评审意见

由 make_nantong_returns.py 根据 source.md 与 profile.md 生成，请改那两个文件，不要改本文件。
填报习惯一行一个项目，一列一个单元格；内容就是单位会键入的样子，差错由演练程序按“差错”列制造。
"""


def returns_text() -> str:
    """The whole file as text, from the hand-written sources."""
    source = parse_md_workbook((FOLDER / "source.md").read_text(encoding="utf-8"))
    profile = parse_md_workbook((FOLDER / "profile.md").read_text(encoding="utf-8"))
    profiles = read_profiles(source["项目清单"], profile["项目画像"])
    cells = typed_cells(source, profiles)
    sheets = {"填报习惯": habit_table(profiles, cells), "评审意见": [OPINION_HEADINGS, *opinion_rows(profiles, cells)]}
    return f"{_TITLE}\n{md_workbook(sheets)}"


def typed_cells(source: Mapping[str, Sequence[Sequence[str]]], profiles: Sequence[Profile]) -> list[dict[str, str]]:
    """What each unit types, by key, before any mistake is made."""
    indicators, evidence = rows_by_heading(source["指标"]), rows_by_heading(source["佐证"])
    scheme = read_scheme(scheme_workbook({name: source[name] for name in SCHEME_SHEETS}), "方案.xlsx").scheme
    roster = read_roster(roster_workbook(source["项目清单"]), "项目清单.xlsx").roster
    cells = []
    for one, project in zip(profiles, roster.projects, strict=True):
        typed = cells_of(one, indicators, evidence)
        cells.append(typed | self_scores(one, scheme, project, typed) | signatures(project))
    return cells


def signatures(project: Project) -> dict[str, str]:
    """What stands on the sheet the unit signs."""
    day = RETURNS_FROM + timedelta(days=choose(project.id, "signed", 0, 20))
    names = {"填报人": project.contact, "联系电话": project.phone, "审核人": f"样例审核人{project.id.zfill(2)}"}
    names |= {"单位负责人": f"样例单位负责人{project.id.zfill(2)}", "填报日期": day.isoformat()}
    return {f"签章_{name}": text for name, text in names.items()}


def habit_table(profiles: Sequence[Profile], cells: Sequence[Mapping[str, str]]) -> list[Sequence[str]]:
    """One row a project, one column a key; a key some projects lack stays empty there."""
    keys = list(dict.fromkeys(key for row in cells for key in row))
    rows = [
        (one.number, one.mistake, one.mistake_at, *(row.get(key, "") for key in keys))
        for one, row in zip(profiles, cells, strict=True)
    ]
    return [("项目序号", "差错", "差错字段", *keys), *rows]


def self_scores(one: Profile, scheme: Scheme, project: Project, typed: Mapping[str, str]) -> dict[str, str]:
    """What the unit gives itself: the rule's score, now and then the full mark; nearly all where people judge."""
    submission = submission_of(scheme, project, typed)
    fields = field_values(scheme, submission, {})
    scores = {}
    for indicator in scheme.indicators:
        if not applies(indicator, project):
            continue
        line = score_line(scheme, indicator, fields, submission, ())
        generous = choose(one.number, f"self {line.code}", 0, 29) <= one.level
        judged = indicator.full_mark * Decimal(choose(one.number, f"judged {line.code}", 18, 20)) / 20
        score = judged if line.state is LineState.PENDING else indicator.full_mark if generous else line.score
        scores[indicator.name_for("自评分")] = plain(score)
    return scores


def rows_by_heading(rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Rows of a sheet as mappings; the first row holds the headings."""
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def main() -> None:
    """Write the file."""
    write_atomic(FOLDER / "returns.md", returns_text().encode())


if __name__ == "__main__":
    main()
