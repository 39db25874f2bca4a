-- Each request comes from another network, as the site learns it from a proxy.
local count = 0

function request()
  count = (count + 1) % 40000
  return wrk.format('GET', nil, { ['X-Forwarded-For'] = string.format('10.%d.%d.1', math.floor(count / 256), count % 256) })
end
