"""自评表: a project's self-evaluation as the official form its scheme names.

In: what the unit returned (:class:`FormFacts`) and the master's figures. Out: a
:class:`~toolkit.model.printed_form.PrintedForm`, which excel and word draw. What the form prints is the unit's own:
reported values and self scores, never verified ones; a number that the master holds too is a figure of its cell.
"""

from collections.abc import Callable, Mapping

from toolkit.model.printed_form import PrintedForm
from toolkit.model.self_form import SELF_FORM, SelfForm, form_named
from toolkit.report.self_form.facts import FormFacts, form_facts
from toolkit.report.self_form.jiangsu import jiangsu_form
from toolkit.report.self_form.ministry import ministry_form
from toolkit.report.self_form.suzhou import suzhou_form

FORMS: Mapping[SelfForm, Callable[[FormFacts], PrintedForm]] = {
    SelfForm.MINISTRY: ministry_form,
    SelfForm.SUZHOU: suzhou_form,
    SelfForm.JIANGSU: jiangsu_form,
}


def self_form(form: SelfForm, facts: FormFacts) -> PrintedForm:
    """The form, filled in."""
    return FORMS[form](facts)


__all__ = ["SELF_FORM", "FormFacts", "SelfForm", "form_facts", "form_named", "self_form"]
