-- PDF/UA wants alternative text on every formula: an inline one is given its own TeX.
function Math(formula)
  if FORMAT ~= "typst" or formula.mathtype ~= "InlineMath" then return end
  local document = pandoc.Pandoc { pandoc.Plain { formula } }
  local written = pandoc.write(document, "typst"):gsub("%s+$", "")
  local alternative = formula.text:gsub('[\\"]', "\\%0")
  return pandoc.RawInline("typst", '#math.equation(alt: "' .. alternative .. '", ' .. written .. ")")
end
