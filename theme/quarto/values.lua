-- Before Quarto puts a value in the place of its name: if the name is all that an item of a list or a
-- cell of a table holds, Quarto would make a paragraph of it, and the items would no longer stand
-- equally far apart. Beside an empty text the name is not all.
function Plain(plain)
  local only = #plain.content == 1 and plain.content[1]
  if only and only.t == "Span" and only.classes:includes("quarto-shortcode__") then
    plain.content:insert(pandoc.Str(""))
    return plain
  end
end
