"""Excel formula text in, exact decimal value out.

``parse`` reads a text, ``compile_formula`` prepares it, ``Compiled.evaluate`` gives its value for an environment of
names and cells; ``compare`` says in Chinese how two formulas differ, ``rename`` rewrites names, ``evaluation_order``
and ``find_cycles`` look at formulas that use one another. Nothing here knows of files, layouts or stages.
"""

from toolkit.formula.arrays import Area
from toolkit.formula.compare import Comparison, Difference, Verdict, compare
from toolkit.formula.environment import Environment
from toolkit.formula.evaluate import (
    SUPPORTED,
    Compiled,
    compile_formula,
    evaluate,
    unknown_functions,
)
from toolkit.formula.order import evaluation_order, find_cycles
from toolkit.formula.parser import Formula, parse
from toolkit.formula.rewrite import rename
from toolkit.formula.single_areas import taken_cell_by_cell
from toolkit.formula.spell import spell
from toolkit.formula.tokens import FormulaSyntaxError

__all__ = [
    "SUPPORTED",
    "Area",
    "Comparison",
    "Compiled",
    "Difference",
    "Environment",
    "Formula",
    "FormulaSyntaxError",
    "Verdict",
    "compare",
    "compile_formula",
    "evaluate",
    "evaluation_order",
    "find_cycles",
    "parse",
    "rename",
    "spell",
    "taken_cell_by_cell",
    "unknown_functions",
]
