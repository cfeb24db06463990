"""Reads a workbook by openpyxl and prints what is in it as JSON."""
import datetime
import json
import sys

import openpyxl


def plain(value):
    return {"day": value.date().isoformat()} if isinstance(value, datetime.datetime) else value


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
        "charts": len(sheet._charts),
        "widths": [dimension.width for dimension in sheet.column_dimensions.values()],
    }
json.dump({"names": book.sheetnames, "sheets": sheets}, sys.stdout)
