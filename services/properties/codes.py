"""The codes for errors in a listing or an import."""

from __future__ import annotations

from shared.codes import Code

NOT_A_WORD = Code("not_a_word", "Use a word in snake_case, like air_conditioning.")
IN_BOTH_LISTS = Code("in_both_lists", "{words}: also in features.")
OTHER_COORDINATE_MISSING = Code("other_coordinate_missing", "Missing, although the other coordinate is given.")
HAS_A_HISTORY = Code("has_a_history", "This has a history: POST to /v1/listings/<id>/{resource}.")
SALE_IS_CLOSED = Code("sale_is_closed", "The sale is closed, so its price can no longer change.")
NO_SUCH_TRANSITION = Code("no_such_transition", "From {current} a listing can only go to {allowed}.")
CURRENCY_MISSING = Code("currency_missing", "State it: the agency has no default.")
REFERENCE_TAKEN = Code("reference_taken", "Another listing has this reference.")

NOTHING_TRIED = Code("nothing_tried", "Only a finished dry run of an uploaded file can be imported.")
IMPORT_UNDER_WAY = Code("import_under_way", "Another import of this agency is still running; wait for it to finish.")
FILE_OR_ITS_ID = Code("file_or_its_id", "Send either a file or the id of an uploaded file.")
FILE_IS_GONE = Code("file_is_gone", "The file is no longer kept: files are kept for a day. Upload it again.")
NO_CSV = Code("no_csv", "The file is not CSV: {why}.")
COLUMNS_NOT_NAMED = Code("columns_not_named", "The first row must name the columns, two or more of them.")
NO_HEADER = Code("no_header", "The first row must name the columns. {why}")
TOO_MANY_COLUMNS = Code("too_many_columns", "The file has {found} columns; at most {most} are allowed.")
NO_ROWS = Code("no_rows", "There are no rows below the header.")
NO_TEXT = Code("no_text", "The file is not text.")
WRONG_ENCODING = Code("wrong_encoding", "Line {line} is not {encoding} (byte {byte}).")
COLUMNS_MISSING = Code("columns_missing", "These columns of the mapping are missing: {columns}.")
COLUMNS_TWICE = Code("columns_twice", "These columns appear twice: {columns}.")
TOO_MANY_BROKEN = Code(
    "too_many_broken", "More than {most} rows up to row {row} cannot be read: is the delimiter right?"
)
MAPPING_OR_ITS_NAME = Code("mapping_or_its_name", "Send either a file or the name of a supplied mapping.")
MAPPING_NOT_UTF8 = Code("mapping_not_utf8", "Not UTF-8 at byte {byte}.")
MAPPING_NOT_TOML = Code("mapping_not_toml", "The mapping is not TOML: {why}.")
NO_REFERENCE_COLUMN = Code(
    "no_reference_column",
    "Name the column that holds the agency's own reference; rows are matched to listings by it.",
)
UNKNOWN_MAPPING = Code("unknown_mapping", "Send a TOML file, or name one of: {known}.")

# Errors in a row of a file; each also names its column.
CELLS_DIFFER = Code("cells_differ", "It has {cells} cells where the header has {columns}.")
ROW_FAILED = Code("row_failed", "It could not be saved ({error}); the log says why.")
REFERENCE_MISSING = Code("reference_missing", "Missing, so no later file can name the same listing.")
NOT_A_STATUS = Code("not_a_status", "Not a status.")
CELL_NOT_MAPPED = Code("cell_not_mapped", "The mapping has no value for \u201c{cell}\u201d.")
CELL_NOT_A_NUMBER = Code("cell_not_a_number", "\u201c{cell}\u201d is not a number.")
CELL_NOT_A_DAY = Code("cell_not_a_day", "\u201c{cell}\u201d is not a date like {forms}.")
IMPORT_STOPPED = Code("import_stopped", "Its process ended {times} times after row {row}.")
OTHER_TRANSACTION = Code(
    "other_transaction", "The listing with this reference is for {transaction}; that cannot be changed."
)
NOT_A_FIRST_STATUS = Code("not_a_first_status", "A new listing must begin as {allowed}; this one is {status}.")
