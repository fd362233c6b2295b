"""The report beside the sheet it is of: python3 read_back.py SHEET REPORT VERDICTS.csv"""
import csv
import sys

import openpyxl

FILLS = {"supported": "BFE3F5", "rounding": "E3F1FA", "contradicted": "E8743B",
         "sign": "F2D13C", "unit": "D5A6C8", "not_found": "D9D9D9"}
OWN = ["Reconciliation", "Checked cells", "Not in the sheet"]


def same(name, one, other):
    if one != other:
        sys.exit(f"{name}: {one!r} became {other!r}")


def compare(sheet, copy):
    for row in sheet.iter_rows():
        for cell in row:
            twin = copy[cell.coordinate]
            same(cell.coordinate, cell.value, twin.value)
            same(cell.coordinate + " bold", bool(cell.font.b), bool(twin.font.b))
            if cell.value is not None:
                same(cell.coordinate + " format", cell.number_format, twin.number_format)
    same("frozen", sheet.freeze_panes, copy.freeze_panes)
    same("merged", sorted(map(str, sheet.merged_cells.ranges)), sorted(map(str, copy.merged_cells.ranges)))
    for letter, look in sheet.column_dimensions.items():
        if look.width and letter in copy.column_dimensions and abs(look.width - copy.column_dimensions[letter].width) > 0.3:
            sys.exit(f"column {letter}: {look.width} became {copy.column_dimensions[letter].width}")


before, after, verdicts = sys.argv[1:4]
for data_only in (False, True):
    sheet, report = (openpyxl.load_workbook(path, data_only=data_only) for path in (before, after))
    same("sheets", sheet.sheetnames + OWN, report.sheetnames)
    for name in sheet.sheetnames:
        compare(sheet[name], report[name])
        same(name + " hidden", sheet[name].sheet_state, report[name].sheet_state)

rows = list(csv.DictReader(open(verdicts, encoding="utf-8-sig")))
seen = set()
for row in rows:
    cell = report[row["sheet"]][row["cell"]]
    seen.add((row["sheet"], row["cell"]))
    same(row["cell"] + " colour", FILLS[row["verdict"]], cell.fill.fgColor.rgb[-6:])
    if not cell.comment.text.startswith(row["verdict"]):
        sys.exit(f"{row['cell']}: comment {cell.comment.text!r}")
    if row["document"]:
        if f"{row['document']}:{row['line']}:{row['column']}" not in cell.comment.text:
            sys.exit(f"{row['cell']}: no place in {cell.comment.text!r}")
    if row["link"]:
        page, fact = row["link"].split("#")
        same(row["cell"] + " link", ("out/" + page, fact), (cell.hyperlink.target, cell.hyperlink.location))
for name in sheet.sheetnames:
    for line in report[name].iter_rows():
        for cell in line:
            if (name, cell.coordinate) not in seen and cell.fill.fgColor.rgb[-6:] in FILLS.values():
                sys.exit(f"{name}!{cell.coordinate} is coloured and was not checked")
if len(report["Checked cells"]["A"]) != len(rows) + 1:
    sys.exit("Checked cells has not a row for each")
