-- Layout beyond paragraphs, for both renderers: a div with one of these classes becomes a call of
-- the Typst template of the same name; in HTML it stays a div, and `layout.css` does the rest.
local typst = FORMAT == "typst"
local calls = { lead = true, source = true, imprint = true, boxed = true, ["one-page"] = true }

local function raw(text) return pandoc.RawBlock("typst", text) end

local function call(name, blocks)
  return pandoc.Blocks { raw("#" .. name .. "[") } .. blocks .. { raw("]") }
end

-- `.side-by-side` holds `.side`s, each with a share of the width if it has an attribute `share`;
-- with `.floating` it moves to the top or the foot of a page, as figures do.
local function side_by_side(div)
  local shares, cells = {}, pandoc.Blocks {}
  for _, side in ipairs(div.content) do
    table.insert(shares, (side.attributes.share or "1") .. "fr")
    cells:extend(pandoc.Blocks { raw("[") } .. side.content .. { raw("],") })
  end
  local floating = div.classes:includes("floating") and " floating: true," or ""
  local opening = raw("#side-by-side(shares: (" .. table.concat(shares, ", ") .. ")," .. floating)
  return pandoc.Blocks { opening } .. cells .. { raw(")") }
end

-- `.numbers` holds paragraphs that begin with a number in bold.
local function numbers(div)
  local cells = pandoc.Blocks { raw("#numbers(") }
  for _, paragraph in ipairs(div.content) do
    cells:extend { raw("["), paragraph, raw("],") }
  end
  cells:insert(raw(")"))
  return cells
end

local function arrange(div)
  if div.classes:includes("html-only") then return typst and {} or nil end
  if not typst then return end
  if div.classes:includes("side-by-side") then return side_by_side(div) end
  if div.classes:includes("numbers") then return numbers(div) end
  for _, class in ipairs(div.classes) do
    if calls[class] then return call(class, div.content) end
  end
end

-- A row with words in its first cell alone names those below it.
local function name_rows(element)
  for _, body in ipairs(element.bodies) do
    for _, row in ipairs(body.body) do
      local cells = row.cells:filter(function(cell) return #cell.contents > 0 end)
      local name = #cells == 1 and #row.cells > 1 and row.cells[1].contents[1]
      if name then name.content = pandoc.Inlines { pandoc.Strong(name.content) } end
    end
  end
  return element
end

-- What stands in `.cover` belongs to the title page, which the templates of both formats set.
local function take_cover(document)
  document.blocks = document.blocks:walk {
    Div = function(div)
      if not div.classes:includes("cover") then return end
      document.meta.cover = pandoc.MetaBlocks(div.content)
      return {}
    end,
  }
  return document
end

return { { Pandoc = take_cover }, { Table = name_rows }, { Div = arrange } }
