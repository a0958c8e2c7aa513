"""Structure rules of an .xlsx file: breaking one makes Excel offer to repair it. Returns what is broken, in words."""

import posixpath
import re
import zipfile
from collections import Counter
from io import BytesIO

from lxml import etree

from toolkit.excel.sheet_order import SHEET_ELEMENTS

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NAME = re.compile(r"[^\W\d][\w.]*|\\[\w.]+")
_FONT = [
    "b",
    "i",
    "strike",
    "condense",
    "extend",
    "outline",
    "shadow",
    "u",
    "vertAlign",
    "sz",
    "color",
    "name",
    "family",
    "charset",
    "scheme",
]
_A1 = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")


def broken_rules(data: bytes) -> list[str]:
    """Everything wrong with the package and its workbook, sheets and styles."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
        doubles = [name for name, times in Counter(map(str.casefold, archive.namelist())).items() if times > 1]
    trees = {name: etree.fromstring(text) for name, text in parts.items() if name.endswith((".xml", ".rels", ".vml"))}
    sheets = [name for name in trees if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
    styles = _style_counts(trees["xl/styles.xml"])
    found = [f"two members named {name}" for name in doubles]
    found += _types(parts, trees["[Content_Types].xml"]) + _relations(parts, trees)
    found += _workbook(trees["xl/workbook.xml"]) + styles[1]
    for name in sheets:
        found += [f"{name}: {words}" for words in _sheet(trees[name], styles[0], _count(trees, "sst", "si"))]
    return found


def _all(root, path: str) -> list:
    return root.findall(path.replace("/", "/{*}").replace("*}.", "*}"))


def _types(parts: dict[str, bytes], types) -> list[str]:
    defaults = {item.get("Extension").casefold() for item in types.findall("{*}Default")}
    overrides = [item.get("PartName") for item in types.findall("{*}Override")]
    found = [f"content type for missing part {name}" for name in overrides if name.lstrip("/") not in parts]
    found += [f"two content types for {name}" for name, times in Counter(overrides).items() if times > 1]
    for name in parts:
        typed = f"/{name}" in overrides or name.rpartition(".")[2].casefold() in defaults
        if name != "[Content_Types].xml" and not typed:
            found.append(f"no content type for {name}")
    return found


def _relations(parts: dict[str, bytes], trees: dict) -> list[str]:
    found = []
    for name in parts:
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        owner = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
        items = list(trees[name])
        ids = Counter(item.get("Id") for item in items)
        found += [f"{name}: id {one} twice" for one, times in ids.items() if times > 1]
        for item in items:
            target = posixpath.normpath(posixpath.join("/", folder, item.get("Target"))).lstrip("/")
            if item.get("TargetMode") != "External" and target not in parts:
                found.append(f"{name}: {target} does not exist")
        if owner in trees:
            used = {value for element in trees[owner].iter() for key, value in element.attrib.items() if _R in str(key)}
            found += [f"{owner}: relation {one} does not exist" for one in used - ids.keys()]
    return found


def _workbook(root) -> list[str]:
    sheets = root.findall("{*}sheets/{*}sheet")
    names = [
        (item.get("name").casefold(), item.get("localSheetId"))
        for item in root.findall("{*}definedNames/{*}definedName")
    ]
    found = [f"sheet name {item.get('name')}" for item in sheets if not _is_sheet_name(item.get("name"))]
    for attribute in ("name", "sheetId"):
        times = Counter(item.get(attribute).casefold() for item in sheets)
        found += [f"sheet {attribute} {one} twice" for one, number in times.items() if number > 1]
    found += [f"defined name {one} twice" for one, number in Counter(names).items() if number > 1]
    for name, _ in names:
        built_in = name.startswith("_xlnm.")
        if len(name) > 255 or not (built_in or (_NAME.fullmatch(name) and not _A1.fullmatch(name))):
            found.append(f"defined name {name} is not valid")
    return found


def _is_sheet_name(name: str) -> bool:
    return 0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) and name.strip("'") == name


def _style_counts(root) -> tuple[dict[str, int], list[str]]:
    groups = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
    sizes, found = {}, []
    for name in groups:
        group = root.find(f"{{*}}{name}")
        sizes[name] = len(group) if group is not None else 0
        if group is not None and group.get("count") not in (None, str(len(group))):
            found.append(f"styles: {name} says {group.get('count')}, holds {len(group)}")
    for number, font in enumerate(root.iterfind("{*}fonts/{*}font")):
        ranks = [_FONT.index(etree.QName(child).localname) for child in font]
        if ranks != sorted(ranks):
            found.append(f"styles: font {number} out of order")
    limits = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
    for xf in root.iterfind("{*}cellXfs/{*}xf"):
        found += [
            f"styles: {key} {xf.get(key)}"
            for key, name in limits.items()
            if int(xf.get(key) or 0) >= max(1, sizes[name])
        ]
    return sizes, found


def _count(trees: dict, tag: str, child: str) -> int:
    return sum(len(root.findall(f"{{*}}{child}")) for root in trees.values() if root.tag.endswith("}" + tag))


def _sheet(root, styles: dict[str, int], strings: int) -> list[str]:
    order = [etree.QName(child).localname for child in root]
    ranks = [SHEET_ELEMENTS.index(name) for name in order]
    once = Counter(name for name in order if name != "conditionalFormatting")
    found = [f"{name} twice" for name, times in once.items() if times > 1]
    if ranks != sorted(ranks):
        found.append(f"elements out of order: {order}")
    return found + _cells(root, styles["cellXfs"], strings) + _areas(root, styles["dxfs"])


def _cells(root, styles: int, strings: int) -> list[str]:
    found, last_row = [], 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = int(row.get("r"))
        columns = [_column(cell.get("r")) for cell in row]
        if number <= last_row or columns != sorted(set(columns)):
            found.append(f"row {number} out of order")
        last_row = number
        for cell in row:
            value = cell.find("{*}v")
            if int(cell.get("s") or 0) >= styles:
                found.append(f"{cell.get('r')}: style {cell.get('s')}")
            if cell.get("t") == "s" and not 0 <= int(value.text) < strings:
                found.append(f"{cell.get('r')}: shared string {value.text}")
            if cell.get("t") == "inlineStr" and cell.find("{*}is/*") is None:
                found.append(f"{cell.get('r')}: a text cell without a text")
            if not cell.get("r").endswith(str(number)):
                found.append(f"{cell.get('r')} in row {number}")
    return found


def _column(ref: str) -> int:
    number = 0
    for letter in ref.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


def _areas(root, formats: int) -> list[str]:
    merges = [item.get("ref") for item in root.iterfind("{*}mergeCells/{*}mergeCell")]
    taken: set[tuple[int, int]] = set()
    found = []
    for ref in merges:
        first, last = ref.split(":")
        rows = range(
            int(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), int(last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) + 1
        )
        cells = {(row, column) for row in rows for column in range(_column(first), _column(last) + 1)}
        if cells & taken:
            found.append(f"merged area {ref} overlaps another")
        taken |= cells
    for group in ("mergeCells", "dataValidations", "rowBreaks"):
        element = root.find(f"{{*}}{group}")
        if element is not None and element.get("count") not in (None, str(len(element))):
            found.append(f"{group} says {element.get('count')}, holds {len(element)}")
    for rule in root.iterfind(".//{*}cfRule"):
        if rule.get("dxfId") and int(rule.get("dxfId")) >= formats:
            found.append(f"conditional format {rule.get('dxfId')}")
    for item in root.iterfind(".//{*}dataValidation"):
        lengths = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}
        found += [f"{key} too long" for key, most in lengths.items() if len(item.get(key) or "") > most]
    return found
