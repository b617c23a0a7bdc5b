-- Any route with any key: wrk -s random.lua URL -- ROUTES FILE-WITH-A-KEY-PER-LINE
-- The requests are made up beforehand, so that wrk itself is as fast as with a fixed one.
dofile("summary.lua")

local PREPARED = 50000
local requests = {}
local at = 0

function init(args)
  local routes = tonumber(args[1])
  local keys = {}
  for key in io.lines(args[2]) do keys[#keys + 1] = key end
  math.randomseed(1)
  for i = 1, PREPARED do
    local path = string.format("/api/r%d/%d", math.random(0, routes - 1), math.random(1, 100000))
    requests[i] = wrk.format("GET", path, { ["X-API-Key"] = keys[math.random(#keys)] })
  end
end

function request()
  at = at % PREPARED + 1
  return requests[at]
end
