-- When Quarto has written everything: what the page around the report is told, and wide figures and
-- tables that the keyboard can scroll.
if not FORMAT:match("^html") then return {} end

local function describe_page(meta)
  if not meta["pdf-link"] then
    local page = pandoc.path.filename(PANDOC_STATE.output_file)
    meta["pdf-link"] = pandoc.path.split_extension(page) .. ".pdf"
  end
  return meta
end

-- What scrolls is the figure or table; its source stands below and stays in sight.
local function settle_content(div, caption)
  local last = div.content[#div.content]
  local source = last.t == "Div" and last.classes:includes("source") and div.content:remove()
  local region = pandoc.Div(div.content, pandoc.Attr("", {},
    { { "tabindex", "0" }, { "role", "region" }, { "aria-labelledby", caption } }))
  return source and { region, source } or region
end

local function settle_float(div)
  local caption = div.attributes["aria-describedby"]
  if caption then return settle_content(div, caption) end
  if div.classes:includes("quarto-float") then
    div.attr = pandoc.Attr(div.identifier, { "quarto-float" })
    return div
  end
end

return { { Meta = describe_page, Div = settle_float } }
