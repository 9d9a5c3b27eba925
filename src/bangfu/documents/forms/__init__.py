"""Takes a superior's .xlsx whose cells name figures, and what the names resolve to.
Gives the workbook filled, whatever does not add up in it, and what changed since the last one sent.
Must not know indicators, nor compute what Excel will: formulas stay formulas.
"""

from bangfu.documents.forms.balances import Imbalance
from bangfu.documents.forms.changes import Change, compare_forms
from bangfu.documents.forms.filling import FilledForm, FormUse, fill_form, form_references

__all__ = [
    "Change",
    "FilledForm",
    "FormUse",
    "Imbalance",
    "compare_forms",
    "fill_form",
    "form_references",
]
