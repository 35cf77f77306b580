"""The explorer of the HTML report: data, calculation and view, put behind the body of the page."""
