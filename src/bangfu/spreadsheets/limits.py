"""How large a file may be before it is refused: time and memory stay bounded whatever is sent."""

# An export of 180,000 rows x 150 columns unpacks to about 1.2 GB; three times that is no office file.
MAX_UNPACKED_BYTES = 4_000_000_000
# Sheet XML packs 10-20 times; only endless repetition packs 100 times. Small parts may (blank rows).
MAX_PACKING_RATIO = 100
RATIO_FREE_BYTES = 150_000_000
# calamine holds a sheet as a dense rectangle of about 24 bytes a cell: one stray cell in the last column of a
# long sheet asks for 100 GB and ends the process. The largest export has 27 million cells.
MAX_DENSE_CELLS = 100_000_000
# More entries than a workbook of a few hundred sheets with pictures has.
MAX_ZIP_ENTRIES = 20_000
# .xls and CSV are read whole into memory; the large export has 300 MB as CSV.
MAX_PLAIN_BYTES = 800_000_000
# The web page is parsed in Python at 2-3 MB a second.
MAX_HTML_BYTES = 60_000_000
# Columns of a sheet in Excel; a longer text row is not a table.
MAX_COLUMNS = 16_384
MAX_ROWS = 1_048_576
