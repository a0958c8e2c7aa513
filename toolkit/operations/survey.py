"""Operations on questionnaires: answers imported, sample sizes."""

from toolkit.operations.declaration import Asked, Done, Kind, Operation, Parameter


def _import(asked: Asked) -> Done:
    from toolkit import pipeline
    from toolkit.pipeline.intake.answers_file import AnswersFile

    with AnswersFile(asked["file"]) as file:  # it is read while the rest of the program starts
        from toolkit.pipeline.intake.surveying import SurveyRequest, import_survey

        request = SurveyRequest(asked["file"], asked["survey"], asked["project"])
        done = import_survey(pipeline.load(asked.workspace), request, asked.now, asked.tell, file)
    return Done(done.as_json(), done.ok, done)


def _sample_size(asked: Asked) -> Done:
    from toolkit import pipeline
    from toolkit.pipeline.intake.sample_sizes import sample_size, sample_sizes

    if asked["population"]:
        sizes = sample_size(asked["population"], asked["confidence"] or "95%", asked["margin"] or "5%")
    else:
        sizes = sample_sizes(pipeline.load(asked.workspace))
    return Done(sizes.as_json(), result=sizes)


survey_import = Operation(
    "survey import",
    "导入问卷",
    "导入问卷答卷：问卷星、腾讯问卷、WPS 表单的导出文件或普通表格，清洗、统计并计入指标；有疑问的逐格指出。",
    _import,
    (
        Parameter("file", Kind.FILE, "文件", "从问卷平台导出的答卷文件（.xlsx、.xls、.csv）", required=True),
        Parameter("survey", Kind.TEXT, "问卷编号", "方案《问卷》中的编号；只有一份的不用写", "--survey"),
        Parameter("project", Kind.TEXT, "项目序号", "哪个项目的问卷；文件有项目列的不用写", "--project"),
    ),
    page="收件",
)
survey_sample_size = Operation(
    "survey sample-size",
    "问卷样本量",
    "计算所需样本量：按方案《问卷》的总体数、置信水平和允许误差，或按给出的总体数（有限总体公式）。",
    _sample_size,
    (
        Parameter("population", Kind.TEXT, "总体数", "调查对象的总人数；不写时按方案《问卷》", "--population"),
        Parameter("confidence", Kind.TEXT, "置信水平", "默认 95%", "--confidence"),
        Parameter("margin", Kind.TEXT, "允许误差", "默认 5%", "--margin"),
    ),
    changes=False,
    page="下发",
)
