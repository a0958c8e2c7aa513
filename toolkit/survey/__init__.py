"""问卷: what people answered → counts, satisfaction rates with their intervals, and what was taken out and why.

In: the rows of an exported table (问卷星, 腾讯问卷, WPS 表单, plain Excel), the questionnaire as the scheme has it, and
the remembered mapping of its columns.
Out: :class:`SurveyResult` values, findings with their cells, and workbooks. Nothing is guessed: an answer that is no
option, or a column that is no question, is a finding, and then there is no result at all.
"""

from toolkit.survey.answers import Answers, read_answers
from toolkit.survey.book import COLUMN_KEY, OPTION_KEY, mapping_sheets, result_sheets, result_workbook
from toolkit.survey.instrument import built_in_survey
from toolkit.survey.mapping import Mapping, read_mapping
from toolkit.survey.opening import Export, open_export
from toolkit.survey.results import Interval, QuestionResult, SurveyResult, results_of
from toolkit.survey.sample_size import needed, normal_quantile, wilson

__all__ = [
    "COLUMN_KEY",
    "OPTION_KEY", "Answers", "Export", "Interval", "Mapping", "QuestionResult", "SurveyResult", "built_in_survey",
    "mapping_sheets", "needed", "normal_quantile", "open_export", "read_answers", "read_mapping",
    "result_sheets", "result_workbook", "results_of", "wilson",
]  # fmt: skip
