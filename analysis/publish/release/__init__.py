"""A release: report, tables, workbook and checksums in one folder, with a data package."""
