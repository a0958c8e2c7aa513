"""Every rule the reader applies to a cell's content: its stable code, how serious it is, and its words.

``READ-0x`` and ``READ-1x`` are readings that succeed with a remark; ``READ-2x`` and ``READ-3x`` are contents nobody can
turn into a value without guessing, they go back to the unit; ``READ-4x`` are about the place, not the content. Later
ones take the next free number.
"""

from dataclasses import dataclass
from types import MappingProxyType

from toolkit.model import Severity


@dataclass(frozen=True, slots=True)
class ReadingRule:
    """One rule of the reading grammar.

    Attributes:
        code: stable for ever.
        words: what was done or what is wrong, in Chinese; stands in :attr:`Reading.rule` and in messages.
        hint: what to do.
    """

    code: str
    severity: Severity
    words: str
    hint: str


_KEEP = "已自动识别，原文保留备查，无需处理"
_TYPE_NUMBER = "请在该格只填一个数字（单位见旁边“单位”栏），文字说明另写"
_TYPE_NUMBER_PLAINLY = "请清除该格的内容和格式后重新键入"
_TYPE_DATE = "请按 2024-03-05 的样式填写一个真实存在的日期"

_TABLE = (
    ReadingRule("READ-01", Severity.NOTE, "文本格式的数字按数值读取", _KEEP),
    ReadingRule("READ-02", Severity.NOTE, "全角字符按半角读取", _KEEP),
    ReadingRule("READ-03", Severity.NOTE, "去掉千分位分隔符", _KEEP),
    ReadingRule("READ-04", Severity.NOTE, "去掉格内所写的计量单位", _KEEP),
    ReadingRule("READ-05", Severity.NOTE, "按格内所写的单位换算", "请核对换算结果；今后请按表内单位填写"),
    ReadingRule("READ-06", Severity.NOTE, "带百分号的文本按比率读取", _KEEP),
    ReadingRule(
        "READ-07",
        Severity.WARNING,
        "比率格内的数按百分数读取",
        "请核对；今后请连同百分号填写",
    ),
    ReadingRule("READ-08", Severity.NOTE, "文字日期按日期读取", _KEEP),
    ReadingRule("READ-09", Severity.NOTE, "八位数字按年月日读取", _KEEP),
    ReadingRule("READ-10", Severity.NOTE, "按同义写法对应到规定选项", "今后请从下拉列表中选择"),
    ReadingRule("READ-11", Severity.NOTE, "填写了表示“无”的符号，按“无”读取", "确无此项的无需处理；数额为零的请填 0"),
    ReadingRule("READ-12", Severity.NOTE, "按“不适用”读取", "请写明不适用的原因（有“说明”栏的写在该栏）"),
    ReadingRule("READ-13", Severity.WARNING, "按“待定”读取，尚无数值", "请在数据确定后补填"),
    ReadingRule("READ-14", Severity.NOTE, "该格填的是算式，按其计算结果读取", _KEEP),
    ReadingRule("READ-15", Severity.NOTE, "去掉首尾空格、标点、撇号或货币符号", _KEEP),
    ReadingRule(
        "READ-16",
        Severity.WARNING,
        "比率超过 150%，按显示的百分数读取",
        "请核对；属实的说明原因，写错的连同百分号重新填写",
    ),
    ReadingRule("READ-17", Severity.WARNING, "算式引用了其他文件，按保存时的结果读取", "请改填数值，不要链接其他文件"),
    ReadingRule("READ-18", Severity.NOTE, "日期格内的序列数按日期读取", _KEEP),
    ReadingRule("READ-19", Severity.WARNING, "格内有划掉、上下标或看不见的字，全文照读", "请删去不要的文字并核对"),
    ReadingRule(
        "READ-20",
        Severity.WARNING,
        "含有看不见的控制字符，已去掉或以“\ufffd”代替",
        "请核对所读文字是否与原意一致；建议重新键入",
    ),
    ReadingRule("READ-21", Severity.ERROR, "填的是约数，无法作为准确数值", _TYPE_NUMBER),
    ReadingRule("READ-22", Severity.ERROR, "填的是不等式或“以上、以下”，无法作为准确数值", _TYPE_NUMBER),
    ReadingRule("READ-23", Severity.ERROR, "填的是区间，无法作为准确数值", _TYPE_NUMBER),
    ReadingRule("READ-24", Severity.ERROR, "填的内容不是数字", _TYPE_NUMBER),
    ReadingRule("READ-25", Severity.ERROR, "填的日期并不存在", _TYPE_DATE),
    ReadingRule("READ-26", Severity.ERROR, "填的内容不在规定选项之内", "请从下拉列表中选择"),
    ReadingRule("READ-27", Severity.ERROR, "填的内容不是完整的年月日", _TYPE_DATE),
    ReadingRule("READ-28", Severity.ERROR, "填的比率超出合理范围", "请核对后连同百分号填写"),
    ReadingRule(
        "READ-29",
        Severity.ERROR,
        "数字被显示成了日期或百分数，不能断定原意",
        "请清除该格格式后重新填写",
    ),
    ReadingRule("READ-30", Severity.ERROR, "该格为错误值", "请改填正确内容；如为算式请检查其引用"),
    ReadingRule(
        "READ-31",
        Severity.ERROR,
        "该格的算式没有计算结果",
        "请用 Excel 或 WPS 打开文件，重新计算后保存再报送，或直接填写数值",
    ),
    ReadingRule("READ-32", Severity.ERROR, "所写单位与本格的计量单位不能换算", _TYPE_NUMBER),
    ReadingRule("READ-33", Severity.ERROR, "该格被合并进了别的格，内容不知属于哪一格", "请取消合并后分别填写"),
    ReadingRule(
        "READ-34",
        Severity.ERROR,
        "旧版采集表的这一项与现行方案的名称或计量单位不同，未采用",
        "请用现行版本的采集表填写该项",
    ),
    ReadingRule("READ-35", Severity.ERROR, "填的数过大，超出单元格能准确保存的15位", _TYPE_NUMBER),
    ReadingRule(
        "READ-36",
        Severity.ERROR,
        "该格在文件里存有不止一份内容，所见与所存可能不同，未采用",
        "请清除该格后重新填写，用 Excel 或 WPS 保存",
    ),
    ReadingRule(
        "READ-37", Severity.ERROR, "格内有划掉、上下标、看不见或重复显示的字，不能断定所填的数", _TYPE_NUMBER_PLAINLY
    ),
    ReadingRule("READ-38", Severity.ERROR, "含有改变文字显示顺序的控制字符，不能断定所填内容", _TYPE_NUMBER_PLAINLY),
    ReadingRule(
        "READ-39",
        Severity.ERROR,
        "单元格的数字格式使显示的内容与所存的数不同",
        "请把该格的格式改为“常规”或“数值”，核对后重新填写",
    ),
    ReadingRule(
        "READ-40",
        Severity.ERROR,
        "文件从1904年起计算日期，格内的数没有显示成日期，不能断定是哪一天",
        _TYPE_DATE,
    ),
    ReadingRule("READ-41", Severity.NOTE, "该格位置有变动，已按标签重新找到", _KEEP),
    ReadingRule("READ-42", Severity.ERROR, "在报送文件中找不到该填报格", "请用下发的采集表重新填写，不要删改表内标签"),
    ReadingRule(
        "READ-43",
        Severity.ERROR,
        "该填报格有多个可能的位置，未作猜测",
        "有重复的行、列或工作表的请删除；把内容剪切到别的格过的，请在下发的采集表的该格里重新填写",
    ),
    ReadingRule("READ-44", Severity.NOTE, "读取到新增的明细行", _KEEP),
    ReadingRule("READ-45", Severity.WARNING, "疑似把“元”填进了“万元”格，未作改动", "请核对计量单位，确认后更正"),
    ReadingRule(
        "READ-46", Severity.WARNING, "该格被隐藏，或被文本框、图片压着，照常读取", "请取消隐藏、移开图形并核对内容"
    ),
    ReadingRule(
        "READ-47", Severity.WARNING, "报送文件含有不予采用的内容", "本次读取未采用；请删除后另存为 .xlsx 再报送"
    ),
    ReadingRule("READ-48", Severity.WARNING, "是采集表工作表的副本，其中内容未读取", "请只填原工作表并删除副本"),
    ReadingRule("READ-49", Severity.NOTE, "是新增的工作表，其中内容未读取", "需要采用的请填到采集表内"),
    ReadingRule(
        "READ-50",
        Severity.ERROR,
        "是以“元”填报的，应以“万元”填报",
        "请把这些金额都除以10000重新填写，并核对其余金额的单位；确为万元的，书面说明",
    ),
    ReadingRule(
        "READ-58",
        Severity.WARNING,
        "超过15位的号码存成了数，末几位已不是原来的数字",
        "请把该格设为“文本”格式，照凭证重新填写号码",
    ),
    ReadingRule("READ-56", Severity.NOTE, "中文数字写的金额按数字读取", "请核对换算结果；今后请在该格填数字"),
)

READING_RULES: MappingProxyType[str, ReadingRule] = MappingProxyType({rule.code: rule for rule in _TABLE})
