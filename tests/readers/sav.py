"""Reads an SPSS system file by pyreadstat and prints its dictionary and its rows as JSON."""
import datetime
import json
import math
import sys

import pyreadstat


def plain(value):
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if hasattr(value, "item") else value


# As plain lists; codes for no answer stay as they are.
columns, meta = pyreadstat.read_sav(sys.argv[1], user_missing=True, output_format="dict")
names = list(columns)
json.dump(
    {
        "encoding": meta.file_encoding,
        "title": meta.file_label,
        "names": names,
        "labels": meta.column_names_to_labels,
        "values": {name: {str(int(code)): text for code, text in of.items()} for name, of in meta.variable_value_labels.items()},
        "missing": meta.missing_ranges,
        "measures": meta.variable_measure,
        "formats": meta.original_variable_types,
        "rows": [dict(zip(names, map(plain, row))) for row in zip(*(columns[name] for name in names))],
    },
    sys.stdout,
)
