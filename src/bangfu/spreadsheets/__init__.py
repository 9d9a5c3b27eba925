"""Takes any file an office sends, and rows to hand back.

Gives grids of cells with their true row and column numbers, or a clear reason in Chinese; and safe workbooks.
Must not know checks, households or the database.
"""

from bangfu.spreadsheets.grid import CellError, FileProblem, Grid, Range, open_file

__all__ = ["CellError", "FileProblem", "Grid", "Range", "open_file"]
