"""Commands that change an evaluation one at a time: who comes second waits and reads for whom."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from toolkit.cli.options import now
from toolkit.cli.screen import face


@contextmanager
def own_turn(name: str, given: Mapping[str, Any]) -> Iterator[None]:
    """Have the workspace that a command names for itself as long as its operation has to be alone there.

    Args:
        name: the command as it is typed.
        given: its parameters; ``where`` is the workspace.
    """
    with ExitStack() as held:
        if _is_alone(name):
            from toolkit import pipeline
            from toolkit.operations import operation

            with face(as_json=bool(given.get("as_json"))):
                held.enter_context(pipeline.turn(given["where"], operation(name).title, now(), _tell))
        yield


def _is_alone(name: str) -> bool:
    from toolkit.operations import BadRequest, operation

    try:
        return operation(name).is_alone
    except BadRequest:  # a command that is no operation works with no evaluation
        return False


def _tell(words: str) -> None:
    sys.stderr.write(words + "\n")
    sys.stderr.flush()
