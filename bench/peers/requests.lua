-- The requests of a work, for wrk: `wrk -s requests.lua <url> -- <method> <path> <body> <cycle> <first number>
-- <threads>`. `%d` in the path or body stands for the request's number. An empty body means no body; with a cycle of
-- 0 numbers never start again.
local threads = 0

function setup(thread)
  thread:set("thread", threads)
  threads = threads + 1
end

function init(args)
  method, path, body = args[1], args[2], args[3]
  cycle, number, step = tonumber(args[4]), tonumber(args[5]) + thread, tonumber(args[6])
  headers = body ~= "" and { ["Content-Type"] = "application/json" } or {}
  is_constant = not (path .. body):find("%", 1, true)
  first = format(number)
end

function request()
  if is_constant then
    return first
  end
  number = number + step
  return format(cycle > 0 and number % cycle or number)
end

function format(value)
  return wrk.format(method, path:format(value), headers, body ~= "" and body:format(value) or nil)
end
