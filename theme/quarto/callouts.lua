-- Once Quarto has read a callout, before it writes one: the blocks and classes of its Bootstrap
-- themes. Without such a theme it would write a quotation, from which the kind could not be told.
local names = {
  en = { note = "Note", tip = "Tip", warning = "Warning", important = "Important",
    caution = "Caution" },
  ["zh-hans"] = { note = "注记", tip = "提示", warning = "警告", important = "重要", caution = "注意" },
  ["zh-hant"] = { note = "註釋", tip = "提示", warning = "警告", important = "重要", caution = "注意" },
}
local name_of = names.en

local function read_language(meta)
  name_of = meta.lang and names[pandoc.utils.stringify(meta.lang):lower()] or names.en
end

local function titled(callout)
  local name = pandoc.Str(name_of[callout.type])
  if not callout.title then return pandoc.Inlines { name } end
  local kind = pandoc.Span({ name }, pandoc.Attr("", { "screen-reader-only" }))
  return pandoc.Inlines { kind } .. quarto.utils.as_inlines(callout.title)
end

local function write_callout(callout)
  local title = pandoc.Div({ pandoc.Plain(titled(callout)) },
    pandoc.Attr("", { "callout-title-container" }))
  return pandoc.Div({
    pandoc.Div({ title }, pandoc.Attr("", { "callout-header" })),
    pandoc.Div(callout.content, pandoc.Attr("", { "callout-body-container", "callout-body" })),
  }, pandoc.Attr("", { "callout", "callout-style-default", "callout-" .. callout.type,
    "callout-titled" }))
end

if not FORMAT:match("^html") then return {} end
return { { Meta = read_language }, { Callout = write_callout } }
