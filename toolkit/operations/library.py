"""Operations of what came with the program: common indicators to begin a scheme with, regulations."""

from typing import TYPE_CHECKING

from toolkit.operations.declaration import Asked, Done, Kind, Operation, Parameter

if TYPE_CHECKING:
    from toolkit.scheme import Pick

_KIND = Parameter(
    "kind", Kind.TEXT, "类别", "项目类别：共性、建设类、运维类、服务采购类", "--kind",
    choices=("共性", "建设类", "运维类", "服务采购类"),
)  # fmt: skip
_DIMENSION = Parameter(
    "dimension", Kind.TEXT, "一级指标", "只要一个一级指标的：决策、过程、产出、效益", "--dimension",
    choices=("决策", "过程", "产出", "效益"),
)  # fmt: skip
_LIKE = Parameter("like", Kind.TEXT, "词", "名称、解释或依据里有这些词的，多个用空格分开", "--like", title="含有的词")
_LIBRARY = Parameter("library", Kind.FILE, "指标库", "自己的指标库工作簿；不给时用程序自带的", "--library")
_PICK = Parameter(
    "pick", Kind.TEXT, "编号=分值", "点名选用的指标，例如 A01=3、B02；不写分值的自动分配", "--pick", title="选用的指标"
)
_MARKS = Parameter(
    "marks", Kind.TEXT, "名=分值", "写明的分值，例如 决策=15、A01=3；其余按常用分值分配", "--marks", title="指定的分值"
)
_SETTINGS = {"title": "评价名称", "client": "委托单位", "evaluator": "评价机构", "year": "评价年度"}


def _pick(asked: Asked, codes: str = "", without: str = "", marks: str = "") -> "Pick | None":
    from toolkit import pipeline

    return pipeline.asked_pick(asked["kind"], asked["dimension"], asked["like"], codes, without, marks)


def _scheme_new(asked: Asked) -> Done:
    from toolkit import pipeline

    pick = _pick(asked, asked["pick"], asked["without"], asked["marks"])
    named = {setting: asked[name] for name, setting in _SETTINGS.items() if asked[name]}
    made = pipeline.new_scheme(asked["file"], pick, asked["library"] or None, named)
    return Done(made.as_json(), result=made)


def _scheme_library(asked: Asked) -> Done:
    from toolkit import pipeline
    from toolkit.scheme import Pick

    listed = pipeline.list_indicators(_pick(asked) or Pick(), asked["library"] or None)
    return Done(listed.as_json(), result=listed)


def _policy(asked: Asked) -> Done:
    from toolkit import pipeline

    found = pipeline.find_policies(asked["words"], asked["status"])
    return Done(found.as_json(), result=found)


scheme_new = Operation(
    "scheme new",
    "新建方案",
    "新建一份带说明和下拉列表的方案工作簿：每种评分规则一个示例，或从指标库选指标（--kind、--pick）。",
    _scheme_new,
    (
        Parameter("file", Kind.NEW_FILE, "文件", "新文件，例如 方案.xlsx", required=True),
        _KIND,
        _DIMENSION,
        _LIKE,
        _PICK,
        Parameter("without", Kind.TEXT, "编号", "不要的指标，例如 A07、B09", "--without"),
        _MARKS,
        _LIBRARY,
        Parameter("title", Kind.TEXT, "文字", "评价名称", "--title", title="评价名称"),
        Parameter("client", Kind.TEXT, "名称", "委托单位", "--client", title="委托单位"),
        Parameter("evaluator", Kind.TEXT, "名称", "评价机构", "--evaluator", title="评价机构"),
        Parameter("year", Kind.TEXT, "年", "评价年度，例如 2025", "--year", title="评价年度"),
    ),
    in_workspace=False,
    page="方案",
)
scheme_library = Operation(
    "scheme library",
    "指标库",
    "列出指标库的常用指标：编号、名称、常用分值、评分规则、佐证、问题与建议、依据；可按类别、一级指标、词筛选。",
    _scheme_library,
    (_KIND, _DIMENSION, _LIKE, _LIBRARY),
    in_workspace=False,
    changes=False,
    page="方案",
)
policy = Operation(
    "policy",
    "政策库",
    "查政策文件：名称、文号、日期、是否现行、由什么代替；不写词则全部列出。",
    _policy,
    (
        Parameter("words", Kind.TEXT, "词", "名称或文号里的词，多个用空格分开"),
        Parameter(
            "status",
            Kind.CHOICE,
            "状态",
            "现行、修订、废止或期满",
            "--status",
            choices=("现行", "修订", "废止", "期满"),
        ),
    ),
    in_workspace=False,
    changes=False,
    page="方案",
)
