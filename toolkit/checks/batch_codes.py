"""What is said of several projects together: each code's severity, title, sentence and advice, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from toolkit.model import CellRef, Content, Finding, Sentence, Severity


@dataclass(frozen=True, slots=True)
class BatchCode:
    """A declared code.

    Attributes:
        title: what is checked, for the handbook.
        message, hint: Chinese sentences; ``{placeholders}`` are the words of a finding.
    """

    code: str
    severity: Severity
    title: str
    message: str
    hint: str

    def finding(
        self,
        at: CellRef,
        words: Mapping[str, Content],
        *,
        project: str = "",
        indicator: str = "",
        related: tuple[CellRef, ...] = (),
    ) -> Finding:
        """A finding in the words of the declaration; what stands there and should are its words too."""
        return Finding(
            self.code,
            self.severity,
            at,
            Sentence.of(self.message, words),
            str(Sentence.of(self.hint, words)),
            project=project,
            indicator=indicator,
            found=words.get("found", ""),
            expected=words.get("expected", ""),
            related=related,
        )


_DECLARED = (
    BatchCode(
        "BATCH-01",
        Severity.ERROR,
        "项目尚未报送采集表",
        "项目{project}“{name}”（{unit}）尚未报送采集表",
        "向{unit}催报；仍未报送、没有可评分数据的不予评分，并在报告中列明",
    ),
    BatchCode(
        "BATCH-02",
        Severity.ERROR,
        "几个项目报送的是同一个文件",
        "项目{projects}报送的是同一个文件",
        "核对是否附错了文件；每个项目各报一份自己的采集表",
    ),
    BatchCode(
        "BATCH-03",
        Severity.WARNING,
        "不同项目填报的金额完全相同",
        "与项目{others}有{count}项填报金额完全相同",
        "核对是否把一个项目的数填进了另一个项目",
    ),
    BatchCode(
        "BATCH-04",
        Severity.WARNING,
        "不同项目填报的大段文字完全相同",
        "与项目{others}填报的文字完全相同",
        "请按各项目的实际情况分别填写",
    ),
    BatchCode(
        "BATCH-05",
        Severity.WARNING,
        "不同项目登记了同一个佐证文件",
        "与项目{others}登记的佐证文件是同一个",
        "同一份材料确实适用于几个项目的，说明情况；否则分别提供",
    ),
    BatchCode(
        "BATCH-06",
        Severity.WARNING,
        "自由文字中出现了别的项目的名称",
        "文字中出现了项目{other}“{found}”的名称",
        "核对这段文字写的是不是本项目；确与该项目有关的，写明是什么关系",
    ),
    BatchCode(
        "BATCH-07",
        Severity.WARNING,
        "比率明显偏离其他项目",
        "“{label}”填{found}，明显偏离其他项目（中位数{middle}）",
        "核对数据口径；属实的，说明原因",
    ),
    BatchCode(
        "BATCH-08",
        Severity.WARNING,
        "责任单位填报的合同金额合计与项目清单不一致",
        "{unit}填报的合同金额合计{found}{money}，项目清单为{expected}{money}，涉及项目{projects}",
        "向{unit}核对各项目合同；清单有误的更正清单",
    ),
    BatchCode(
        "BATCH-09",
        Severity.WARNING,
        "多数项目的实际成本与预算资金完全相同",
        "{both}个填报了实际成本的项目中，{same}个的实际成本与预算资金完全相同",
        "请责任单位按结算、审计结论填写实际成本，不要以预算代替；成本节约率以核实后的数为准",
    ),
    BatchCode(
        "BATCH-10",
        Severity.WARNING,
        "两个项目的采集表疑似互相填反",
        "填报的{found}{money}是项目{other}“{name}”的合同金额，那份采集表里填的又是本项目的合同金额，疑似两份互相填反",
        "先核对两份采集表各是哪个项目的内容，填反的互换后重新报送；这两份的其他问题核对以后再处理",
    ),
    BatchCode(
        "BATCH-11",
        Severity.WARNING,
        "文件名写的是别的项目",
        "文件“{file}”的名称写的是项目{other}“{name}”，这份采集表却是发给“{own}”的",
        "核对是否用错了采集表：内容是项目{other}的，改填项目{other}的采集表重新报送；只是文件名写错的，不必重报",
    ),
    BatchCode(
        "BATCH-12",
        Severity.WARNING,
        "表里的项目名称改成了别的项目",
        "发给“{own}”的采集表，项目名称改成了项目{other}“{found}”，疑似用这份表填了项目{other}的内容",
        "核对内容是哪个项目的：是项目{other}的，改用项目{other}的采集表重新报送，这份不用；只是名称写错的，改回原名称",
    ),
)
BATCH_CODES: Mapping[str, BatchCode] = MappingProxyType({declared.code: declared for declared in _DECLARED})
