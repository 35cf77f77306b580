-- Before Quarto looks at the report: the blocks that it lays around what it embeds from a notebook go,
-- one of which names the place of the notebook on this machine. What is inside, a picture or a table,
-- then stands in the figure as if it had been written there, and is found as its content.
local wrappers = pandoc.List { "quarto-embed-nb-cell", "cell", "cell-output" }

function Div(div)
  if div.classes:find_if(function(class) return wrappers:includes(class) end) then
    return div.content:walk {
      Image = function(image)
        image.identifier = ""
        return image
      end,
    }
  end
end
