"""Operations of the plan: workspaces, schemes, templates."""

from typing import TYPE_CHECKING

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter

if TYPE_CHECKING:
    from toolkit.pipeline import UnitQuestion

_SCHEME = Parameter("file", Kind.FILE, "方案文件", "方案工作簿", required=True)


def _demo(asked: Asked) -> Done:
    from toolkit import pipeline

    summary = pipeline.demo(asked["folder"], asked["sample"], asked.now, asked.tell)
    return Done(summary.as_json(), result=summary)


def _init(asked: Asked) -> Done:
    from toolkit import pipeline

    sample, roster, scheme = asked["sample"], asked["roster"], asked["scheme"]
    if asked["archive"]:
        if sample or roster or scheme:
            raise BadRequest("接续上年的归档包时，不再给出样例、项目清单和方案")
        begun = pipeline.initialise_from(asked["folder"], asked["archive"], asked.now, asked.tell, _settings(asked))
        return Done(begun.as_json(), begun.ok, begun)
    if bool(sample) == bool(roster and scheme) or bool(roster) != bool(scheme):
        raise BadRequest("请选择一个样例，或同时给出项目清单和方案")
    settled = {(row.get("name"), row.get("other")): row.get("same") for row in asked["answers"]}

    def answer(question: "UnitQuestion") -> bool | None:
        same = settled.get((question.name, question.other))
        return same if isinstance(same, bool) else None

    made = pipeline.initialise(
        asked["folder"],
        sample or (roster, scheme),
        asked.now,
        asked.tell,
        answer if settled else None,
        asked["ledger"],
        _settings(asked),
    )
    return Done(made.as_json(), made.ok, made)


def _settings(asked: Asked) -> dict[str, str]:
    """Names and dates by name."""
    return {str(row.get("name", "")): str(row.get("value", "")) for row in asked["settings"] if row.get("name")}


def _check_plan(asked: Asked) -> Done:
    from toolkit.pipeline.plan.beginning import check_plan

    checked = check_plan(asked["scheme"] or None, asked["roster"] or None, _settings(asked))
    return Done(checked.as_json(), checked.ok, checked)


def _scheme_import(asked: Asked) -> Done:
    from toolkit import pipeline

    made = pipeline.import_scheme(asked["file"], asked["to"] or None, int(asked["table"] or 0))
    return Done(made.as_json(), result=made)


def _scheme_check(asked: Asked) -> Done:
    from toolkit import pipeline

    verdict = pipeline.check_scheme(asked["file"])
    return Done(verdict.as_json(), verdict.ok, verdict)


def _scheme_explain(asked: Asked) -> Done:
    from toolkit import pipeline

    explained = pipeline.explain_scheme(asked["file"], asked["indicator"])
    return Done(explained.as_json(), result=explained)


def _scheme_diff(asked: Asked) -> Done:
    from toolkit import pipeline

    compared = pipeline.diff_schemes(asked["before"], asked["after"])
    return Done(compared.as_json(), result=compared)


def _template_check(asked: Asked) -> Done:
    from toolkit import pipeline

    verdict = pipeline.check_template(asked["file"], asked["scheme"] or None)
    return Done(verdict.as_json(), verdict.ok, verdict)


def _template_new(asked: Asked) -> Done:
    from toolkit import pipeline

    made = pipeline.new_templates(asked["folder"])
    return Done(made.as_json(), made.ok, made)


demo = Operation(
    "demo",
    "演示",
    "在指定文件夹中用样例跑完整流程：建区、生成、下发、模拟回收、核查、评分、汇总、出报告。",
    _demo,
    (
        Parameter("folder", Kind.FOLDER, "文件夹", "结果放在哪个文件夹", required=True),
        Parameter("sample", Kind.TEXT, "名称", "样例名称，默认 nantong-2024", "--sample", default="nantong-2024"),
    ),
    in_workspace=False,
)
init = Operation(
    "init",
    "新建评价",
    "建立评价工作区：用样例（--sample），用自己的项目清单和方案（--roster、--scheme），或接续上年的归档包（--from）。",
    _init,
    (
        Parameter("folder", Kind.FOLDER, "文件夹", "新工作区的文件夹", required=True),
        Parameter("sample", Kind.TEXT, "名称", "样例名称，如 nantong-2024", "--sample"),
        Parameter("roster", Kind.FILE, "文件", "项目清单工作簿", "--roster"),
        Parameter("scheme", Kind.FILE, "文件", "方案工作簿", "--scheme"),
        Parameter("archive", Kind.FILE, "归档包", "上年的归档包（.zip）", "--from"),
        Parameter("ledger", Kind.TEXT, "地址", "台账放在服务器上：postgresql://…；不给则放在工作区里", "--ledger"),
        Parameter("answers", Kind.ROWS, "单位名称", "哪些写法是同一单位（命令行逐条询问）", default=()),
        Parameter("settings", Kind.ROWS, "名称和日期", "写入新评价方案的名称、日期、单位（窗口填写）", default=()),
    ),
    in_workspace=False,
)
check_new_plan = Operation(
    "view new plan",
    "检查新评价",
    "建立以前，检查项目清单、方案和填写的名称、日期。",
    _check_plan,
    (
        Parameter("scheme", Kind.FILE, "文件", "方案工作簿"),
        Parameter("roster", Kind.FILE, "文件", "项目清单工作簿"),
        Parameter("settings", Kind.ROWS, "名称和日期", "填写的名称、日期、单位", default=()),
    ),
    in_workspace=False,
    changes=False,
    on_command_line=False,
)
scheme_import = Operation(
    "scheme import",
    "导入指标表",
    "从 Word、Excel、PDF 里的指标表做方案：先看理解成什么，写明新文件时才写出。",
    _scheme_import,
    (
        Parameter(
            "file", Kind.FILE, "文件", "有指标表的 .docx、.xlsx、.pdf 或 .txt", required=True, title="有指标表的文件"
        ),
        Parameter("to", Kind.NEW_FILE, "新方案", "写成的方案工作簿，例如 方案.xlsx；不写只预览"),
        Parameter("table", Kind.TEXT, "表号", "文件里第几个表；不写取指标最多的表", "--table"),
    ),
    in_workspace=False,
    page="方案",
)
scheme_check = Operation(
    "scheme check",
    "检查方案",
    "检查方案工作簿，一次列出全部问题及所在单元格；方案里的算例逐条验算。",
    _scheme_check,
    (_SCHEME,),
    in_workspace=False,
    changes=False,
)
scheme_explain = Operation(
    "scheme explain",
    "解读方案",
    "把方案印成报告附件里的指标表；--indicator 另给出一个指标的公式、算例和得分曲线。",
    _scheme_explain,
    (_SCHEME, Parameter("indicator", Kind.TEXT, "编号", "指标编号，如 B102", "--indicator")),
    in_workspace=False,
    changes=False,
)
scheme_diff = Operation(
    "scheme diff",
    "比较两版方案",
    "比较两份方案：改了什么，会影响哪些指标的得分。",
    _scheme_diff,
    (
        Parameter("before", Kind.FILE, "原来的方案", "方案工作簿", required=True),
        Parameter("after", Kind.FILE, "现在的方案", "方案工作簿", required=True),
    ),
    in_workspace=False,
    changes=False,
)
template_check = Operation(
    "template check",
    "检查模板",
    "检查采集表模板和 Word 模板：写错的标签、没有的名称，一次列出并指明单元格或段落；Word 模板再用最坏的数据试填。",
    _template_check,
    (
        Parameter("file", Kind.FILE, "文件", "采集表模板工作簿，或 Word 模板", required=True),
        Parameter("scheme", Kind.FILE, "文件", "方案工作簿；不给时用模板旁边或上一级文件夹的 方案.xlsx", "--scheme"),
    ),
    in_workspace=False,
    changes=False,
    page="方案",
)
template_new = Operation(
    "template new",
    "取出全部模板",
    "把程序自带的全部模板和一份空的项目清单复制到一个文件夹，附使用说明和名称表；已有的文件不动。",
    _template_new,
    (Parameter("folder", Kind.FOLDER, "文件夹", "放模板的文件夹，例如 模板", required=True),),
    in_workspace=False,
    page="方案",
)
