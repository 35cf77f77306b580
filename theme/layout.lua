-- Layout beyond paragraphs, for both renderers: a div with one of these classes becomes a call of
-- the Typst template of the same name; in HTML it stays a div, and `layout.css` does the rest.
local typst = FORMAT == "typst"
local calls = { ["own-page"] = true, numbers = true, lead = true, source = true, imprint = true }

local function raw(text) return pandoc.RawBlock("typst", text) end

local function call(name, blocks)
  return pandoc.Blocks { raw("#" .. name .. "[") } .. blocks .. { raw("]") }
end

-- `.side-by-side` holds `.side`s, each with a share of the width if it has an attribute `share`.
local function side_by_side(div)
  local shares, cells = {}, pandoc.Blocks {}
  for _, side in ipairs(div.content) do
    table.insert(shares, (side.attributes.share or "1") .. "fr")
    cells:extend(pandoc.Blocks { raw("[") } .. side.content .. { raw("],") })
  end
  local opening = raw("#side-by-side(shares: (" .. table.concat(shares, ", ") .. "),")
  return pandoc.Blocks { opening } .. cells .. { raw(")") }
end

local function arrange(div)
  if div.classes:includes("html-only") then return typst and {} or nil end
  if not typst then return end
  if div.classes:includes("side-by-side") then return side_by_side(div) end
  for _, class in ipairs(div.classes) do
    if calls[class] then return call(class, div.content) end
  end
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

return { { Pandoc = take_cover }, { Div = arrange } }
