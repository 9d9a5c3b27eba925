"""Takes what stands between {{ }} and {% %} in a template, and what its names resolve to.
Gives values as they are written: 824户, 66.05万元, 四个.
Must not know Word or Excel, nor what an indicator is.
"""

from bangfu.documents.fields.values import BLANK, FieldValue, Listed, Resolver, Row

__all__ = ["BLANK", "FieldValue", "Listed", "Resolver", "Row"]
