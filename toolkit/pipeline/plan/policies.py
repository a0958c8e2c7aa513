"""``jixiao policy``: regulations by name, number and whether in force."""

from dataclasses import dataclass

from toolkit.pipeline.outcome import Json
from toolkit.text.laws import Law, search


@dataclass(frozen=True, slots=True)
class Policies:
    """Regulations found."""

    laws: tuple[Law, ...]

    def as_json(self) -> Json:
        """``{"policies": [{"name", "number", "date", "status", "replaced_by", "remark"}]}``."""
        rows = [
            {
                "name": law.name,
                "number": law.number,
                "date": law.issued.isoformat() if law.issued else "",
                "status": law.state,
                "replaced_by": law.replaced_by,
                "remark": law.remark,
            }
            for law in self.laws
        ]
        return {"policies": rows}


def find_policies(words: str = "", state: str = "") -> Policies:
    """Regulations whose name or number holds every word, of a state where one is given."""
    return Policies(search(words, state))
