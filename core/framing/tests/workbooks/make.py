#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""openpyxl.xlsx and xlsxwriter.xlsx: one invented sheet, written by two libraries."""
import datetime

import openpyxl
import xlsxwriter

DAY = datetime.datetime(2026, 3, 5)
MOMENT = datetime.datetime(2026, 3, 5, 14, 30)
HEADER = ["Codice", "Nome", "Posti", "CAP", "Dal", "Visto", "Attivo", "Totale"]
ROWS = [
    ["A1", "Casa Airone & Caffè", 12, "00184", DAY, MOMENT, True],
    ["007", " due\nrighe ", 0.1, "10064", DAY, None, False],
]


def with_openpyxl():
    book = openpyxl.Workbook()
    notes = book.active
    notes.title = "Note"
    notes.sheet_state = "hidden"
    sheet = book.create_sheet("Servizi")
    sheet.append(HEADER)
    for number, row in enumerate(ROWS, start=2):
        sheet.append(row)
        sheet.cell(number, 5).number_format = "dd/mm/yyyy"
        sheet.cell(number, 8).value = f"=C{number}*2"  # no program has calculated it
    book.active = 1
    book.save("openpyxl.xlsx")


def with_xlsxwriter():
    book = xlsxwriter.Workbook("xlsxwriter.xlsx")
    chart_sheet = book.add_chartsheet("Grafico")
    sheet = book.add_worksheet("Servizi")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    bold = book.add_format({"bold": True})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Servizi!$C$2:$C$3"})
    chart_sheet.set_chart(chart)
    for column, name in enumerate(HEADER):
        sheet.write_string(0, column, name)
    for number, row in enumerate(ROWS, start=1):
        for column, value in enumerate(row):
            if isinstance(value, bool):
                sheet.write_boolean(number, column, value)
            elif isinstance(value, datetime.datetime):
                sheet.write_datetime(number, column, value, moment if value == MOMENT else day)
            elif isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)
        sheet.write_formula(number, 7, f"=C{number + 1}*2", None, row[2] * 2)
    sheet.write_rich_string(1, 1, "Casa ", bold, "Airone", " & Caffè")
    book.close()


with_openpyxl()
with_xlsxwriter()
