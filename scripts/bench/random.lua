-- Asks for briefings chosen at random, each in a locale chosen at random: `-- <briefings> <locale,locale,…>`.
local count, locales

function init(arguments)
  count = tonumber(arguments[1])
  locales = {}
  for locale in arguments[2]:gmatch('[^,]+') do locales[#locales + 1] = locale end
  math.randomseed(os.time())
end

function request()
  local path = string.format('/%s/briefings/copy-%08d', locales[math.random(#locales)], math.random(count))
  return wrk.format('GET', path)
end
