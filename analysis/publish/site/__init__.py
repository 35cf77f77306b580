"""Pages beside the report: city profiles, executed notebooks, the checklist of the methodology."""
