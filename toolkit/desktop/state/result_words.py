"""Chinese names for the keys and states of results' JSON: one table for every operation."""

from collections.abc import Mapping
from types import MappingProxyType

_KEYS = """
project 项目  projects 项目  unit 责任单位  units 责任单位  name 名称  title 名称  severity 程度  place 位置
message 说明  found 实际  expected 应为  hint 怎么改  indicator 指标  indicators 各指标  code 编号  state 状态
reason 理由  why 原因  findings 发现  members 成员  assigned 已分工  blocked 须回避  new 新增  signed 已签
fallen 失效的签字  notes 复核意见  books 打分册  scorer 打分人  items 待打分  missing 还缺  locked 已锁定
agreement 一致程度  compared 可比项  same 完全一致  within 容差内  percent 一致率  kappa Kappa  differences 差异
final 已定分  samples 抽样  method 方法  size 抽取  seed 种子  population 总体  drawn 抽中
set_aside 另存的人工修改稿  draft 征求意见稿  reply 意见回复表  written 已写出  read 已读取  opinions 意见
undecided 未处理的意见  changed 有变化  no_reply 没有回复  surveys 问卷  survey 问卷  target_group 对象
confidence 置信水平  margin 允许误差  needed 所需样本  rate 比率  to 移交给  originals 原件  events 台账事件
rows 记录  conflicts 待裁定  logs 日志  masked 已脱敏  masks 脱敏处数  left_out 没有归入  differs 不同
compared_files 比较的文件  files 文件  file 文件  folder 文件夹  archive 压缩包  master 汇总总表  reports 报告
problems 问题  by 姓名  text 内容  answer 回复  value 值  before 原来  after 现在  kind 种类  effect 影响
id 编号  at 时间  level 级别  paragraph 段落  cell 单元格  sheet 工作表  details 内容  score 得分  grade 等级
total 总分  count 数量  answers 答卷  valid 有效  removed 剔除  duplicates 重复  mean 平均  low 下限  high 上限
question 题目  item 取值项  opinion 意见  decision 处理  mails 邮件  mail 邮件  address 收件地址  subject 主题
words 结果  letters 通知函  packages 下发包  overdue 逾期  sent 已发出  taken 收下  saved 存入  attachments 附件
waiting 待报送  parts 部分  equal 相同  unequal 不同  opened 打开方式  program 程序  scorers 打分人  scores 打分
choices 可选的决定  what 事项  who 姓名  when 时间  was 原来  now 现在  field 字段  of 共
days_left 距截止（天）  deadline 报送截止  identical 相同  edited 人工修改  different 不同  versions 程序版本
recorded 归档时  here 本机  results 各份成果  round 轮次  corrections 要更正的  version 版本  changes 变化
moves 影响的指标  grades 等级有变化  numbers 数字  checked 已核  unchecked 未核  verdict 结论
seconds 用时（秒）  average 平均分  refused 拒收  returned 已报送  to_correct 待更正  printed 已打印
anchor 台账回执  seq 条数  dimension 一级指标  group 二级指标  kinds 适用  usual 常用分值  rule 评分规则  full_mark 分值
parameters 规则参数  target 目标值  source 依据  policies 政策文件  number 文号  date 发布日期  status 状态
replaced_by 代替它的文件  remark 说明  days_late 晚报（天）  blockers 出终稿还差
marks 各人打分  spread 相差  ruling 裁定值
"""
_STATES = """
accepted 已读取  refused 拒收  duplicate 重复  evidence 佐证  identical 相同  edited 人工修改  different 不同
missing 缺少  to_correct 待更正  not_returned 未报送  waiting 待报送  sent 已发出  failed 没有发出  unknown 结果不明
ready 待发  already_sent 已发过  not_sent 没有发出  no_address 没有地址  unsafe 地址或内容不安全
error 须更正  warning 请核实  note 提示
"""


def _table(text: str) -> Mapping[str, str]:
    words = text.split()
    return MappingProxyType(dict(zip(words[::2], words[1::2], strict=True)))


KEYS, STATES = _table(_KEYS), _table(_STATES)
SPECIAL: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "archive make": {"members": "归档件数"},
    "archive verify": {"members": "归档件数"},
    "survey sample-size": {"population": "总体数"},
    "correct": {"findings": "问题"},
    "template new": {"changed": "写出的文件"},
    "people sign": {"new": "这次签的指标数"},
    "people notes": {"new": "这次记下的意见、回复或关闭", "id": "编号（回复、关闭时填写）"},
})  # fmt: skip
"""Keys that mean something else in one operation."""
LEADING: Mapping[str, str] = MappingProxyType({"people notes": "notes"})
"""The key that a person looks for first, where it is not the first in the JSON."""
NEXT: Mapping[str, str] = MappingProxyType({
    "scheme new": "下一步：打开“文件”里的方案，把写着“（请填写）”的格填好并保存；再到“开始”页按“新建评价…”。",
    "template new": "下一步：填好其中的 项目清单.xlsx；有了方案以后，到“开始”页按“新建评价…”。",
})  # fmt: skip
"""What to do after an operation that only prepares another step."""
