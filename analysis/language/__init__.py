"""How results are said: names, numbers and sentences, safe in Markdown."""
