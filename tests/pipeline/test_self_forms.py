# ruff: noqa: E501
"""自评表 of 苏州 and 江苏 beside the published ones, field by field; what hostile text and edits make of them."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from tests.pipeline.conftest import call
from toolkit.aggregate import build_master
from toolkit.excel.addresses import cell_name
from toolkit.excel.form_book import form_workbook
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import Figure, ReadState
from toolkit.model.printed_form import PrintedForm
from toolkit.model.self_form import SelfForm, form_named
from toolkit.pipeline import load
from toolkit.pipeline.deliver.master_book import plan_master
from toolkit.pipeline.deliver.self_forms import printed_form
from toolkit.pipeline.examine.results import results
from toolkit.pipeline.plan.evaluation import COLLECTION_TEMPLATE, collection_template
from toolkit.scheme.self_form_setting import check_self_form
from toolkit.text import plain
from toolkit.word.figures import read_figures
from toolkit.word.form_document import form_document

SUZHOU, JIANGSU = "suzhou-jiangsu-2023", "jiangsu-2022"

# The published form of 苏州 (2023): label or first cell of a row → the cells after it.
SUZHOU_ROWS = """
项目名称 | 电子政务项目建设资金 | 项目年份 | 2023
项目主管部门（单位） | 苏州市信息中心
子项名称 | 预算数（万元） | 实际数（万元）
合计 | 1679.7 | 1679.7
感知物联网公共服务平台 | 121.56 | 121.56
公共数据开放平台 | 150.8 | 150.8
空间大数据平台升级扩容与数据处理服务 | 57.6 | 57.6
时空大数据融合分析平台 | 55.6 | 55.6
市级政务云业务中台升级改造项目 | 35.96 | 35.96
数字政府大数据可视化平台 | 188.4 | 188.4
数字政府项目要素可视化平台升级及架构治理服务项目 | 24.12 | 24.12
苏周到APP项目二期 | 164.4 | 164.4
研发运维一体化平台项目 | 35 | 35
一码通基础平台及服务 | 93 | 93
政务大数据治理平台及服务 | 149.4 | 149.4
政务区块链公共服务平台建设项目 | 58 | 58
政务数据资源索引及综合服务平台运营服务项目 | 24.02 | 24.02
智能运维可视化平台及服务 | 64.5 | 64.5
法人服务总入口 | 154.76 | 154.76
大数据云上产业园平台项目 | 302.58 | 302.58
项目 | 类别 | 指标名称 | 目标值 | 权重 | 实际完成值 | 自评分
项目绩效实现情况（80分） | 决策目标 | 立项依据充分性 | 充分 | 1 | 充分 | 1
立项程序规范性 | 规范 | 1 | 规范 | 1
绩效指标明确性 | 明确 | 1 | 明确 | 1
绩效目标合理性 | 合理 | 1 | 合理 | 1
资金分配合理性 | 合理 | 1 | 合理 | 1
预算编制科学性 | 科学 | 1 | 科学 | 1
过程目标 | 预算执行率 | 100% | 8 | 100% | 8
资金到位率 | 100% | 1 | 100% | 1
资金使用合规性 | 合规 | 4 | 合规 | 4
制度执行有效性 | 有效 | 4 | 有效 | 4
管理制度健全性 | 健全 | 2 | 健全 | 2
产出目标 | 项目验收一年后支付尾款项目数量 | 15个 | 9.2 | 15个 | 9.2
项目验收后一年内稳定运行比例 | 100% | 9.16 | 100% | 9.16
信息系统故障修复响应时间 | ≤8小时 | 9.16 | 8小时 | 9.16
效益目标 | 服务政府部门覆盖率 | ≥90% | 9.16 | 95% | 9.16
提升对各地各部门信息基础设施共性支撑能力 | 提升 | 9.16 | 提升 | 9.16
运维服务可持续性 | 持续 | 9.16 | 持续 | 9.16
合计 | 80 | 80
"""
# The published form of 江苏 (2022), without 评价要点及评分规则, which the sample words anew.
JIANGSU_ROWS = """
决策 | 项目立项 | 立项依据充分性 | 充分 | 2 | 达成预期目标 | 2
立项程序规范性 | 规范 | 2 | 达成预期目标 | 2
绩效目标 | 绩效指标明确性 | 明确 | 2 | 达成预期目标 | 2
绩效目标合理性 | 合理 | 2 | 达成预期目标 | 2
资金投入 | 资金分配合理性 | 合理 | 2 | 达成预期目标 | 2
预算编制科学性 | 科学 | 2 | 达成预期目标 | 2
过程 | 资金管理 | 预算执行率 | 按照招标决定 | 3 | 部分达成并具有一定效果 | 1.5
资金到位率 | 100% | 3 | 达成预期目标 | 3
资金使用合规性 | 合规 | 4 | 达成预期目标 | 4
组织实施 | 制度执行有效性 | 有效 | 6 | 达成预期目标 | 6
管理制度健全性 | 健全 | 2 | 达成预期目标 | 2
产出 | 数量指标 | 保障全省13个设区市政务服务子站点稳定运行 | 正常 | 3 | 达成预期目标 | 3
保障23个省级部门旗舰店的稳定运行 | 正常 | 2 | 达成预期目标 | 2
质量指标 | 支撑厅局接入应用稳定运行 | 正常 | 2 | 达成预期目标 | 2
全省视频会议系统省级平台安全测评 | 完成 | 2 | 达成预期目标 | 2
全省视频会议系统省级平台全年稳定运行 | 正常 | 2 | 达成预期目标 | 2
省级AK数据中心安全测评 | 完成 | 3 | 达成预期目标 | 3
江苏省政务服务网（移动端）全年稳定运行 | 正常 | 3 | 达成预期目标 | 3
时效指标 | 全省视频会议系统省级平台运行维护时效性 | 及时 | 3 | 达成预期目标 | 3
安全保障及时性 | 及时 | 2 | 达成预期目标 | 2
运行维护时效性 | 及时 | 2 | 达成预期目标 | 2
成本指标 | 集约化建设，节省财政支出 | 正常 | 3 | 达成预期目标 | 3
统一运维，节省运维成本 | 正常 | 3 | 达成预期目标 | 3
效益 | 经济效益 | 为一体化政务服务平台、“互联网+监管”提供统一网络与基础支撑，提升整体运行效能 | 满足 | 10 | 达成预期目标 | 10
社会效益 | 实现全国一体化在线政务服务平台整体效益发挥 | 满足 | 10 | 达成预期目标 | 10
为数字政府高效运行赋能 | 满足 | 10 | 达成预期目标 | 10
生态效益
可持续影响
满意度 | 服务对象满意度 | 安全处置服务能力 | 及时 | 2 | 达成预期目标 | 2
故障处理及时性 | 及时 | 2 | 达成预期目标 | 2
全省视频会议系统省级平台用户满意度 | 满意 | 3 | 达成预期目标 | 3
网络运行保障服务能力 | 正常 | 3 | 达成预期目标 | 3
总计 | 100 | 98.5
绩效等级 | 优
"""


def _rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def _word_rows(path: Path, number: int = 0) -> list[list[str]]:
    """The rows of a table as printed: a cell that spans several counts once, one that goes on below another never."""
    rows = []
    for row in Document(str(path)).tables[number]._tbl.tr_lst:
        cells = [cell for cell in row.tc_lst if cell.vMerge != "continue"]
        rows.append(["".join(text.text or "" for text in cell.iter() if text.tag.endswith("}t")) for cell in cells])
    return rows


def _sheet_rows(data: bytes, number: int = 0) -> list[list[str]]:
    sheet = read_workbook(data).sheets[number]
    rows: dict[int, list[str]] = {}
    for (row, _), cell in sorted(sheet.cells.items()):
        value = cell.value
        rows.setdefault(row, []).append(plain(value) if isinstance(value, Decimal) else str(value or ""))
    return [[text for text in row if text] for row in rows.values()]


def _file(folder: Path, suffix: str) -> Path:
    (found,) = folder.glob(f"07-评价报告/*自评表{suffix}")
    return found


@pytest.mark.parametrize(("sample", "published"), [(SUZHOU, SUZHOU_ROWS), (JIANGSU, JIANGSU_ROWS)])
def test_printed_form_beside_the_published_one(sample: str, published: str, sample_made: Callable[[str], Path]) -> None:
    folder = sample_made(sample)
    for printed in (_word_rows(_file(folder, ".docx")), _sheet_rows(_file(folder, ".xlsx").read_bytes())):
        lines = [
            "|".join(cell for cell in row if cell and not cell.startswith(("评价要点", "评分规则"))) for row in printed
        ]
        for row in _rows(published):
            assert "|".join(row) in lines, row


def test_funds_of_the_published_form_and_its_narrative(sample_made: Callable[[str], Path]) -> None:
    path = _file(sample_made(SUZHOU), ".docx")
    rows = _word_rows(path)
    budget = next(number for number, row in enumerate(rows) if "指标结余收回数" in row)
    assert rows[budget + 1] == ["1679.7", "0", "1679.7", "0", "0"]
    spent = next(number for number, row in enumerate(rows) if "其中：" in row)
    assert rows[spent + 2] == ["1679.7", "1679.7", "0", "0", "0"]
    story = dict(_word_rows(path, 1))
    assert list(story) == [
        "项目概况", "项目总目标", "年度绩效目标", "项目实施情况", "项目管理成效", "项目管理存在的问题及原因",
        "进一步加强项目管理的建议",
    ]  # fmt: skip
    assert "29.5亿条" in story["项目实施情况"]
    assert "绩效等级" not in "".join("".join(row) for row in rows), "this form has no grade"


def test_heads_of_the_provincial_form(sample_made: Callable[[str], Path]) -> None:
    path = _file(sample_made(JIANGSU), ".docx")
    above = [paragraph.text for paragraph in Document(str(path)).paragraphs]
    assert above[:4] == [
        "省级项目支出绩效自我评价表", "2022年度", "填报单位：江苏省政务服务管理办公室（机关）",
        "项目名称：政务服务信息系统建设维护和迭代升级",
    ]  # fmt: skip
    rows = _word_rows(path)
    points = next(row for row in rows if "立项依据充分性" in row)[5]
    assert "①" in points
    assert "⑤" in points
    assert "各占20%权重" in points
    assert "各占1/3权重" in next(row for row in rows if "立项程序规范性" in row)[3]
    assert dict(rows[-3:]).keys() == {"主要成效", "存在问题", "整改措施"}


@pytest.mark.parametrize("sample", [SUZHOU, JIANGSU])
def test_its_figures_are_cells_of_the_master_and_verify_finds_a_change(
    sample: str, sample_made: Callable[[str], Path]
) -> None:
    folder = sample_made(sample)
    evaluation = load(folder)
    indicators = len(evaluation.scheme.indicators)
    figures = read_figures(_file(folder, ".docx").read_bytes())
    assert len(figures) >= 2 * indicators, "every mark and every self score"
    path = _file(folder, ".xlsx")
    kept = path.read_bytes()
    sheet = read_workbook(kept).sheets[0]
    mark = max(place for place, cell in sheet.cells.items() if cell.value in (Decimal("9.16"), Decimal("1.5")))
    path.write_bytes(patch_cells(kept, {(sheet.name, cell_name(*mark)): Decimal(7)}))
    try:
        verdict = call("verify", "-w", folder, code=1)
        (found,) = verdict["findings"]
        assert (found["code"], found["cell"]) == ("VERIFY-21", cell_name(*mark))
    finally:
        path.write_bytes(kept)


def _printed(folder: Path, form: SelfForm, **readings: str) -> PrintedForm:
    """A sample's form with other texts returned."""
    evaluation = load(folder)
    found = results(evaluation, evaluation.workspace.created.date())
    master = build_master(plan_master(evaluation, found)).printed()
    (project,) = evaluation.roster.projects
    submission = found.examined.returns.counting[project.id]
    changed = {
        key: replace(submission.readings[key], state=ReadState.VALUE, value=text, original=text)
        for key, text in readings.items()
    }
    submission = replace(submission, readings={**submission.readings, **changed})
    return printed_form(evaluation, master, form, project, submission)


def test_hostile_text_stays_text(sample_made: Callable[[str], Path]) -> None:
    hostile = '=HYPERLINK("http://x.invalid")\x07{{ 7*7 }}<w:p/>{% for x in y %}\u202e'
    printed = _printed(
        sample_made(SUZHOU), SelfForm.SUZHOU, 项目概况=hostile, 说明_A101=hostile, 项目实施情况="长" * 9000
    )
    data = form_workbook(printed)
    cells = [cell for sheet in read_workbook(data).sheets for cell in sheet.cells.values()]
    assert all(cell.formula is None for cell in cells)
    assert sum(str(cell.value).startswith("=HYPERLINK") for cell in cells) == 2
    assert sum(str(cell.value or "").count("长") for cell in cells) == 9000, "long texts go on in further rows"
    document = Document(BytesIO(form_document(printed)))
    words = "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "{{ 7*7 }}<w:p/>{% for x in y %}" in words
    assert "\u202e" not in words


def test_form_of_the_ministry_prints_what_the_scheme_has(sample_made: Callable[[str], Path]) -> None:
    printed = _printed(sample_made(SUZHOU), SelfForm.MINISTRY)
    rows = [[cell.text for cell in row] for row in printed.tables[0].rows]
    funds = next(row for row in rows if row[0] == "年度资金总额")
    assert funds == ["年度资金总额", "1679.7", "1679.7", "1679.7", "8", "100%", "8"]
    assert "预算执行率" not in [cell for row in rows for cell in row], "it stands among the funds"
    total = next(row for row in rows if row[0] == "总分")
    assert total[:3] == ["总分", "80", "80"]
    marks = [cell for table in printed.tables for row in table.rows for cell in row for cell in cell.words]
    assert any(isinstance(word, Figure) for word in marks)


def test_every_form_fits_its_grid(sample_made: Callable[[str], Path]) -> None:
    for form in SelfForm:
        for table in _printed(sample_made(JIANGSU), form).tables:
            area = sum(cell.across * cell.down for _, _, cell in table.placed())
            assert area == len(table.rows) * len(table.widths)


def test_names_of_forms() -> None:
    assert form_named("苏州市级") is SelfForm.SUZHOU
    assert form_named("江苏") is SelfForm.JIANGSU
    assert form_named("财预〔2020〕10号附1") is SelfForm.MINISTRY
    assert form_named("浙江") is None


def test_the_workbook_units_fill_in_is_the_form_itself(sample_made: Callable[[str], Path]) -> None:
    evaluation = load(sample_made(SUZHOU))
    slots = evaluation.template.layout.slots
    assert {slots[key].sheet for key in ("年初预算数", "结转数", "自评分_D103", "评价等级_A101")} == {"自评表"}
    assert slots["项目管理成效"].sheet == "项目基本情况"
    sheet = read_workbook(evaluation.template.stamp(evaluation.roster.projects[0])).sheet("自评表")
    assert sheet is not None
    texts = {str(cell.value) for cell in sheet.cells.values()}
    assert {"苏州市级财政支出项目绩效自评表", "电子政务项目建设资金", "指标结余收回数", "≤8小时", "9.16"} <= texts
    assert any(cell.formula == "=财政拨款数" for cell in sheet.cells.values()), "the second time it is shown"


def test_a_scheme_without_all_fields_of_its_form_keeps_the_usual_workbook(sample_made: Callable[[str], Path]) -> None:
    scheme = load(sample_made(SUZHOU)).scheme
    assert collection_template(scheme) == "采集表模板（苏州市级自评表）.xlsx"
    assert collection_template(scheme, own=True) == COLLECTION_TEMPLATE
    fewer = replace(scheme, fields=tuple(field for field in scheme.fields if field.key not in ("结转数", "项目概况")))
    assert collection_template(fewer) == COLLECTION_TEMPLATE
    (finding,) = check_self_form(fewer)
    assert finding.code == "SCHEME-40"
    assert "2项" in finding.message
    assert "结转数、项目概况" in finding.message


def test_a_form_nobody_knows_is_named_with_those_there_are(sample_made: Callable[[str], Path]) -> None:
    scheme = load(sample_made(SUZHOU)).scheme
    (finding,) = check_self_form(replace(scheme, settings={**scheme.settings, "自评表格式": "浙江格式"}))
    assert "“浙江格式”" in finding.message
    assert "江苏省级" in finding.hint
    ministry = check_self_form(replace(scheme, settings={**scheme.settings, "自评表格式": "财预〔2020〕10号附1"}))
    assert any("应为10分" in one.message for one in ministry), "weights 10, 50, 30, 10"
