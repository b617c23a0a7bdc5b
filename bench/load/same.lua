-- The same request again and again: wrk -s same.lua URL -- METHOD [BODY FILE]
dofile("summary.lua")

function init(args)
  wrk.method = args[1]
  if args[2] then
    local file = assert(io.open(args[2], "rb"))
    wrk.body = file:read("*a")
    file:close()
    wrk.headers["Content-Type"] = "application/json"
  end
end
