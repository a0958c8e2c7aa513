"""Cutting a run in two before one of its characters."""

from copy import deepcopy

from toolkit.word.package import XML_SPACE, Node, w


def cut(text: Node, offset: int) -> Node:
    """Split a run before a character of one of its texts; the run that begins there."""
    run = next(text.iterancestors(w("r")))
    later = [node for node in text.itersiblings() if node.tag != w("rPr")]
    before, after = (text.text or "")[:offset], (text.text or "")[offset:]
    earlier = [node for node in text.itersiblings(preceding=True) if node.tag != w("rPr")]
    if not before and not earlier:
        return run
    new = run.makeelement(w("r"))
    properties = run.find(w("rPr"))
    if properties is not None:
        new.append(deepcopy(properties))
    if after or not later:
        made = new.makeelement(w("t"))
        made.text = after
        made.set(XML_SPACE, "preserve")
        new.append(made)
    for node in later:
        new.append(node)
    text.text = before
    text.set(XML_SPACE, "preserve")
    run.addnext(new)
    return new
