-- Batches of ten names for wrk, one after the other through the whole list, so that no cache of answers could help.

local BATCH = 10
local bodies, at = {}, 0

local function escaped(text)
  return (text:gsub("[^%w]", function(c) return string.format("%%%02X", c:byte()) end))
end

function init()
  local queries, count = {}, 0
  local function finish()
    if count > 0 then
      bodies[#bodies + 1] = "queries=" .. escaped("{" .. table.concat(queries, ",") .. "}")
    end
    queries, count = {}, 0
  end
  for line in io.lines(os.getenv("QUERIES")) do
    local name = line:match("^[^\t]*"):gsub('[\\"%c]', "")
    queries[#queries + 1] = string.format('"q%d":{"query":"%s","limit":5}', count, name)
    count = count + 1
    if count == BATCH then finish() end
  end
  finish()
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end

function request()
  at = at % #bodies + 1
  return wrk.format("POST", "/reconcile", nil, bodies[at])
end

function done(summary, latency)
  local seconds = summary.duration / 1e6
  local wrong = summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.connect
  io.write(string.format("names a second: %.0f; answers in ms: half %.1f, 95 of 100 %.1f, 99 of 100 %.1f, longest %.1f; failed: %d\n",
    summary.requests * BATCH / seconds, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3, wrong))
end
