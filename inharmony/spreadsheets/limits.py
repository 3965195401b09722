"""What a spreadsheet may cost. One place, so that a message and the rule behind it cannot drift apart."""

MEGABYTE = 1024 * 1024

FILE_BYTES = 20 * MEGABYTE
ROWS = 100_000
SHEET_ROWS = ROWS + 50  # with the title and heading rows above them
COLUMNS = 1_000
CELLS = 5_000_000  # height x width: the reader lays a sheet out in full, blanks included
CELL_CHARACTERS = 32_767  # what a spreadsheet program itself can hold

PARTS = 200
PART_BYTES = 120 * MEGABYTE
UNPACKED_BYTES = 200 * MEGABYTE
RATIO = 100  # unpacked to packed; honest sheets lie between 5 and 30

CHILD_MEMORY = 384 * MEGABYTE
CHILD_CPU_SECONDS = 10
WALL_SECONDS = 15.0
ANSWER_BYTES = 160 * MEGABYTE
