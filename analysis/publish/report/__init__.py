"""The report: from `report.qmd` and executed notebooks to HTML and PDF, by Quarto or without it."""
