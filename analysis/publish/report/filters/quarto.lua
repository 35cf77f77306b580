-- The report's dialect of Quarto on stock pandoc: numbered floats, equations, sections, callouts and
-- references, in the HTML and Typst shapes that Quarto's own filters produce. What Quarto would let
-- pass (an unresolved reference, a figure without alternative text) stops the render here: every
-- refusal is an error that starts with "report:".

local stringify = pandoc.utils.stringify
local typst = FORMAT == "typst"

-- Quarto's words in the languages of the report.
local english = {
  fig = "Figure", tbl = "Table", sec = "Section", eq = "Equation",
  note = "Note", tip = "Tip", warning = "Warning", important = "Important", caution = "Caution",
}
local simplified_chinese = {
  fig = "图", tbl = "表", sec = "小节", eq = "式",
  note = "注记", tip = "提示", warning = "警告", important = "重要", caution = "注意",
}
local traditional_chinese = {
  fig = "圖", tbl = "表", sec = "節", eq = "方程式",
  note = "註釋", tip = "提示", warning = "警告", important = "重要", caution = "注意",
}

local callout_colors = {
  note = "0758E5", tip = "00A047", warning = "EB9113", important = "CC1914", caution = "FC5300",
}

local word = english
local title_delimiter = ":"
local fit_columns_to_content = false
local counter = { fig = 0, tbl = 0, eq = 0 }
local section_counter = { 0, 0, 0, 0, 0, 0 }
local number_of = {}

local function refuse(reason) error("report: " .. reason, 0) end
local function raw_block(text) return pandoc.RawBlock(FORMAT, text) end
local function raw_inline(text) return pandoc.RawInline(FORMAT, text) end
local function typst_string(text) return '"' .. text:gsub('[\\"]', "\\%0") .. '"' end
local function kind_of(label) return label:match("^(%a+)%-") or "" end

local function next_number(label)
  if number_of[label] then refuse("the label " .. label .. " is used twice") end
  local kind = kind_of(label)
  counter[kind] = counter[kind] + 1
  number_of[label] = tostring(counter[kind])
  return number_of[label]
end

-- Settings -------------------------------------------------------------------------------------

local function words_of(language)
  local lower = language:lower()
  if lower:match("^en") then return english end
  if lower:match("^zh%-tw") or lower:match("^zh%-hant") then return traditional_chinese end
  if lower:match("^zh") then return simplified_chinese end
  return {}
end

-- A document may have other words, under the names that Quarto has for them.
local name_of = {
  fig = "crossref-fig-title", tbl = "crossref-tbl-title",
  sec = "crossref-sec-prefix", eq = "crossref-eq-prefix",
}

local function own_words(known, names, language)
  local words = {}
  for kind in pairs(english) do
    local name = name_of[kind] or "callout-" .. kind .. "-title"
    words[kind] = names[name] and stringify(names[name]) or known[kind]
    if not words[kind] then refuse("lang: " .. language .. " needs language: " .. name) end
  end
  return words
end

local function read_settings(document)
  local meta = document.meta
  local language = meta.lang and stringify(meta.lang) or "en"
  word = own_words(words_of(language), meta.language or {}, language)
  if meta.crossref and meta.crossref["title-delim"] then
    title_delimiter = stringify(meta.crossref["title-delim"])
  end
  fit_columns_to_content = meta["tbl-colwidths"] == false
end

-- What the dialect leaves out ------------------------------------------------------------------

local function refuse_raw(element)
  if element.format == "html" and element.text:match("^<!%-%-") then return {} end
  refuse("raw " .. element.format .. " is outside the dialect: " .. element.text)
end

local function callout_kind(div)
  local kind = (div.classes[1] or ""):match("^callout%-(%a+)$")
  return callout_colors[kind or ""] and kind
end

local function is_float(div)
  local kind = kind_of(div.identifier)
  return (kind == "fig" or kind == "tbl") and #div.classes == 0
end

-- The classes that `theme/layout.lua` knows.
local layout = {
  "boxed", "cover", "html-only", "imprint", "lead", "numbers", "one-page", "side", "side-by-side",
  "source",
}

local function is_layout(div)
  return div.classes[1] and pandoc.List(layout):includes(div.classes[1])
end

local function refuse_other_blocks(div)
  if callout_kind(div) or is_float(div) or is_layout(div) then return end
  refuse("the block {#" .. div.identifier .. " ." .. table.concat(div.classes, " .") ..
    "} is neither a callout, nor a figure, nor a table, nor a layout of the theme")
end

local function refuse_own_caption(element)
  if element.identifier == "" and #element.caption.long == 0 then return end
  refuse("a caption belongs into a block ::: {#…}, not to the figure or table itself: " ..
    element.identifier .. " " .. stringify(element.caption.long))
end

-- Floats ---------------------------------------------------------------------------------------

local function typst_float(label, kind, caption, body)
  local position = kind == "tbl" and "top" or "bottom"
  return pandoc.Blocks { raw_block("#figure([") } .. body .. {
    raw_block("], caption: figure.caption(position: " .. position .. ", ["), pandoc.Plain(caption),
    raw_block("]), kind: \"quarto-float-" .. kind .. "\", supplement: " ..
      typst_string(word[kind]) .. ")<" .. label .. ">"),
  }
end

-- What is too wide scrolls in a region of its own, which the keyboard can reach.
local function html_container(label)
  return '<div tabindex="0" role="region" aria-labelledby="' .. label .. '-caption">'
end

local function html_float(label, kind, number, caption, body)
  local prefix = word[kind] .. "\u{a0}" .. number .. title_delimiter
  local captioned = pandoc.Inlines { pandoc.Str(prefix), pandoc.Space() } .. caption
  local heading = pandoc.Blocks {
    raw_block('<figcaption class="quarto-float-caption" id="' .. label .. '-caption">'),
    pandoc.Plain(captioned), raw_block("</figcaption>"),
  }
  local content = pandoc.Blocks { raw_block(html_container(label)), body:remove(1),
    raw_block("</div>") }
  local opening = raw_block('<figure class="quarto-float quarto-float-' .. kind .. '">')
  return pandoc.Div(pandoc.Blocks { opening } .. heading .. content .. body ..
    { raw_block("</figure>") },
    pandoc.Attr(label, { "quarto-float" }))
end

-- A text in place of a figure or table of which an edition has no figures.
local function is_note(body)
  local only = body.t == "Para" and #body.content == 1 and body.content[1]
  return only and only.t == "Span" and only.classes:includes("nothing-to-show")
end

local function holds(body, kind)
  if is_note(body) then return true end
  if kind == "tbl" then return body.t == "Table" end
  local only = body.content and body.content[1]
  if body.t == "Figure" then only = only and only.content and only.content[1] end
  return only ~= nil and only.t == "Image"
end

local function is_source(block) return block.t == "Div" and block.classes:includes("source") end

local function float(div)
  local label, kind = div.identifier, kind_of(div.identifier)
  local body, source, caption = div.content[1], div.content[2], div.content[3]
  if #div.content == 2 then source, caption = nil, source end
  local too_many = #div.content > 3 or source and not is_source(source)
  if not caption or too_many or caption.t ~= "Para" then
    refuse(label .. " must hold one " .. (kind == "tbl" and "table" or "figure") ..
      ", perhaps its source, and then its caption, one paragraph")
  end
  if not holds(body, kind) then refuse(label .. " starts with no " .. word[kind]) end
  local number = next_number(label)
  local shown = pandoc.Blocks { body }
  if source then shown:insert(source) end
  if typst then return typst_float(label, kind, caption.content, shown), false end
  return html_float(label, kind, number, caption.content, shown), false
end

-- Images and tables ----------------------------------------------------------------------------

local function image(element)
  local alternative = element.attributes["fig-alt"] or stringify(element.caption)
  if alternative == "" then refuse("no alternative text for the image " .. element.src) end
  if element.src:match("^%a[%w+.-]*:") or element.src:match("^//") then
    refuse("the image " .. element.src .. " is not a file of the project")
  end
  if typst then
    local width = element.attributes.width
    return raw_inline("#box(image(" .. typst_string("/" .. element.src) .. ", alt: " ..
      typst_string(alternative) .. (width and ", width: " .. width or "") .. "))")
  end
  element.attributes["fig-alt"] = nil
  element.caption = { pandoc.Str(alternative) }
  return element
end

-- The figure around a table is the float's: where there is none, the table stands in the text.
local function settle_table(element)
  if typst then element.classes:insert("typst:no-figure") end
  if fit_columns_to_content then
    local alignments = element.colspecs:map(function(column) return { column[1], nil } end)
    element.colspecs = alignments
  end
  return element
end

-- Callouts -------------------------------------------------------------------------------------

local function own_title(div)
  if div.content[1] and div.content[1].t == "Header" then return div.content:remove(1).content end
  return div.attributes.title and pandoc.Inlines(div.attributes.title)
end

local function callout(div, kind)
  local own = own_title(div)
  local title = own or pandoc.Inlines(word[kind])
  if typst then
    local color = 'rgb("#' .. callout_colors[kind] .. '")'
    return pandoc.Div(pandoc.Blocks { raw_block("#callout(title: ["), pandoc.Plain(title),
      raw_block("], icon_color: " .. color .. ", body: [") } .. div.content .. { raw_block("])") })
  end
  if own then  -- the colour tells its kind to those who see it
    local named = pandoc.Span({ pandoc.Str(word[kind]) }, pandoc.Attr("", { "screen-reader-only" }))
    title = pandoc.Inlines { named } .. own
  end
  local titled = pandoc.Div({ pandoc.Plain(title) }, pandoc.Attr("", { "callout-title-container" }))
  return pandoc.Div({
    pandoc.Div({ titled }, pandoc.Attr("", { "callout-header" })),
    pandoc.Div(div.content, pandoc.Attr("", { "callout-body-container", "callout-body" })),
  }, pandoc.Attr("", { "callout", "callout-style-default", "callout-" .. kind, "callout-titled" }))
end

-- Equations: $$…$$ {#eq-x alt="…"} at the end of a paragraph ------------------------------------

local function is_display_math(inline)
  return inline.t == "Math" and inline.mathtype == "DisplayMath"
end

local function equation_label(inlines, position)
  local after = pandoc.Inlines { table.unpack(inlines, position + 1) }
  local label, attributes = stringify(after):match("^%s*{#(eq%-[%w-]+)%s*(.-)}$")
  if not label then return end
  local straight = attributes:gsub("\u{201c}", '"'):gsub("\u{201d}", '"')
  return label, straight:match('alt="(.-)"')
end

local function equation(paragraph)
  local math, position = paragraph.content:find_if(is_display_math)
  if not math then return end
  local label, alternative = equation_label(paragraph.content, position)
  if not label then refuse("an equation needs {#eq-… alt=\"…\"} behind it: " .. math.text) end
  if not alternative or alternative == "" then refuse("no alternative text for " .. label) end
  local number = next_number(label)
  paragraph.content = pandoc.Inlines { table.unpack(paragraph.content, 1, position - 1) }
  if typst then
    local opening = '#math.equation(block: true, numbering: "(1)", alt: ' ..
      typst_string(alternative) .. ", ["
    paragraph.content:extend { raw_inline(opening), math, raw_inline("])<" .. label .. ">") }
  else
    math.text = math.text .. " \\qquad(" .. number .. ")"
    paragraph.content:insert(pandoc.Span({ math }, pandoc.Attr(label)))
  end
  return paragraph
end

-- Sections -------------------------------------------------------------------------------------

local function count_section(header)
  if header.classes:includes("unnumbered") then return end
  section_counter[header.level] = section_counter[header.level] + 1
  for level = header.level + 1, #section_counter do section_counter[level] = 0 end
  if kind_of(header.identifier) ~= "sec" then return end
  if number_of[header.identifier] then refuse("the label " .. header.identifier .. " is used twice") end
  number_of[header.identifier] = table.concat(section_counter, ".", 1, header.level)
end

-- References -----------------------------------------------------------------------------------

local function reference(cite)
  local label = cite.citations[1].id
  local kind = kind_of(label)
  if #cite.citations > 1 then refuse("one reference at a time: " .. stringify(cite.content)) end
  local number = number_of[label] or refuse("unresolved reference @" .. label)
  -- Of [-@sec-it] the number stands alone, between words that the text has itself.
  local alone = cite.citations[1].mode == "SuppressAuthor"
  local name = alone and "" or word[kind]
  if typst then return raw_inline("#ref(<" .. label .. ">, supplement: [" .. name .. "])") end
  local text = alone and number or name .. "\u{a0}" .. number
  return pandoc.Link({ pandoc.Str(text) }, "#" .. label, "", pandoc.Attr("", { "quarto-xref" }))
end

local function block(div)
  local kind = callout_kind(div)
  if kind then return callout(div, kind) end
  if is_float(div) then return float(div) end
end

return {
  { Pandoc = read_settings },
  { RawBlock = refuse_raw, RawInline = refuse_raw, Div = refuse_other_blocks,
    Figure = refuse_own_caption, Table = refuse_own_caption },
  { Table = settle_table },
  { traverse = "topdown", Header = count_section, Div = block, Para = equation },
  { Image = image, Cite = reference },
}
