"""Listings from files: a mapping says what each column means, a worker takes the rows in.

mapping.py    the mapping file (TOML) and its checks
table.py      bytes to rows, broken ones told apart
convert.py    a row's cells to the facts that POST /v1/listings takes
decide.py     facts against what is there: created, updated, unchanged or refused
reading.py    one import's file, from the next row on
importer.py   a worker's turn: a slice of rows with their verdicts in one transaction
cli.py        python -m services.properties import FILE --map MAP
"""
