"""Tables that stand in a text as lines of cells: columns against totals, lines against themselves, tables against prose."""
