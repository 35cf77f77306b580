"""Publishing: from committed results and prose to one HTML file and one tagged PDF.

The steps, in the order in which they run:

- ``prerender.prerender(root, edition, parameters, progress)`` prepares everything that the
  report quotes: it executes the notebooks, writes ``_variables.yml``, copies the pinned fonts and
  writes ``_build/fonts.html``. Quarto calls it as ``project: pre-render``.
- ``notebooks.execute_all(root, parameters, progress)`` is the first part of that on its own.
- ``render.render(root, renderer="auto", progress=...)`` renders ``report.qmd`` with the real
  Quarto where there is one, else with the embedded renderer (pandoc, one Lua filter and Typst),
  and returns a ``RenderReport`` that says which.
- ``quarto.check_rendered(root)`` refuses what is not fit to be handed on. ``render`` does the same;
  Quarto calls it as ``project: post-render``.

For authors of notebooks: ``markdown.escape_markdown`` and ``markdown.frame_to_pipe_table`` make
data safe to show, ``fonts.register_with_matplotlib`` gives figures the fonts of the report.
``stamps.is_current`` and ``stamps.record`` tell whether a step's inputs have changed.

Every refusal is a :class:`analysis.publish.errors.PublishError` with one sentence for the reader.
"""
