-- Chinese is written without spaces: line breaks of the source vanish, and so do spaces beside Han
-- letters and references, whose own distance from Latin letters the typesetter keeps. A date in
-- figures is written out.
local chinese = false

local function read_language(meta)
  chinese = meta.lang ~= nil and pandoc.utils.stringify(meta.lang):lower():match("^zh") ~= nil
end

-- Han letters and full-width marks, in whole planes.
local function is_wide(code)
  return code ~= nil and (code >= 0x2E80 and code <= 0x9FFF or code >= 0xF900 and code <= 0xFAFF
    or code >= 0xFE30 and code <= 0xFE4F or code >= 0xFF00 and code <= 0xFF60
    or code >= 0x20000 and code <= 0x3FFFF or code >= 0x2018 and code <= 0x201D)
end

-- Whether an inline ends (-1) or begins (1) with such a letter; a reference stands for one.
local function wide(inline, side)
  if inline == nil then return false end
  if inline.t == "Cite" or inline.t == "RawInline" then return true end
  local text = pandoc.utils.stringify(inline)
  if text == "" then return false end
  return is_wide(utf8.codepoint(text, side == 1 and 1 or utf8.offset(text, -1)))
end

local function close_up(inlines)
  if not chinese then return end
  local kept = pandoc.Inlines {}
  for place, inline in ipairs(inlines) do
    local space = inline.t == "Space" or inline.t == "SoftBreak"
    if not (space and (wide(inlines[place - 1], -1) or wide(inlines[place + 1], 1))) then
      kept:insert(inline)
    end
  end
  return kept
end

local function write_date(text)
  if not chinese then return end
  local year, month, day = text.text:match("^(%d%d%d%d)%-(%d%d)%-(%d%d)$")
  if not year then return end
  return pandoc.Str(year .. "年" .. tonumber(month) .. "月" .. tonumber(day) .. "日")
end

return { { Meta = read_language }, { Inlines = close_up, Str = write_date } }
