"""Numbers of projects in few words: 1、3至5."""

from collections.abc import Collection, Sequence

_RUN = 3
"""So many that follow one another are told by the first and the last."""


def number_runs(numbers: Collection[str], order: Sequence[str]) -> str:
    """``1、3至5``: what follows one another in ``order``, which holds every number, by first and last.

    Args:
        numbers: the numbers to tell, in any order.
        order: all numbers there are, in the order they are listed in.
    """
    runs: list[list[str]] = []
    for at, number in enumerate(order):
        if number in numbers:
            if at and order[at - 1] in numbers:
                runs[-1].append(number)
            else:
                runs.append([number])
    return "、".join(f"{run[0]}至{run[-1]}" if len(run) >= _RUN else "、".join(run) for run in runs)
