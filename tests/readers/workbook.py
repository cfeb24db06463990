"""Reads a workbook by openpyxl and prints what is in it as JSON."""
import datetime
import json
import sys

import openpyxl


def plain(value):
    return {"day": value.date().isoformat()} if isinstance(value, datetime.datetime) else value


def chart(one):
    """Where the bars of a chart begin and end, and whether each has its range."""
    scale = one.y_axis.scaling
    return {"from": scale.min, "to": scale.max, "reversed": scale.orientation == "maxMin",
            "ranges": all(series.errBars is not None for series in one.series)}


book = openpyxl.load_workbook(sys.argv[1])
sheets = {}
for sheet in book.worksheets:
    cells = [cell for row in sheet.iter_rows() for cell in row]
    sheets[sheet.title] = {
        "rows": [[plain(cell.value) for cell in row] for row in sheet.iter_rows()],
        "formulas": sum(cell.data_type == "f" for cell in cells),
        "frozen": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "bold_head": all(cell.font.bold for cell in next(sheet.iter_rows())),
        "merged": len(sheet.merged_cells.ranges),
        "links": sum(cell.hyperlink is not None for cell in cells),
        "charts": [chart(one) for one in sheet._charts],
        "widths": [dimension.width for dimension in sheet.column_dimensions.values()],
    }
json.dump({"names": book.sheetnames, "sheets": sheets}, sys.stdout)
