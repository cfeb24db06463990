"""Reads a Parquet file by pyarrow and by DuckDB, and prints schema, notes and rows as JSON."""
import datetime
import json
import sys

import duckdb
import pyarrow.parquet as pq


def plain(value):
    return value.isoformat() if isinstance(value, (datetime.date, datetime.datetime)) else value


place = sys.argv[1]
file = pq.ParquetFile(place)
table = file.read()
schema = table.schema


def words(notes):
    return {name.decode(): value.decode() for name, value in (notes or {}).items() if name != b"ARROW:schema"}


db = duckdb.connect()
db.execute("SET TimeZone = 'UTC'")
rows = db.execute("SELECT * FROM read_parquet(?)", [place])
names = [column[0] for column in rows.description]
by_duckdb = [dict(zip(names, map(plain, row))) for row in rows.fetchall()]
by_pyarrow = [{name: plain(value) for name, value in row.items()} for row in table.to_pylist()]
json.dump(
    {
        "made_by": file.metadata.created_by,
        "notes": words(schema.metadata),
        "types": {field.name: str(field.type) for field in schema},
        "columns": {field.name: words(field.metadata) for field in schema},
        "groups": [file.metadata.row_group(place).num_rows for place in range(file.metadata.num_row_groups)],
        "compression": file.metadata.row_group(0).column(0).compression if file.metadata.num_row_groups else None,
        "rows": by_pyarrow,
        "differs": [place for place, pair in enumerate(zip(by_pyarrow, by_duckdb)) if pair[0] != pair[1]],
        "rows_by_duckdb": len(by_duckdb),
    },
    sys.stdout,
)
