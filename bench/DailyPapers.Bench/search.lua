-- For wrk: asks GET /api/search for the queries of the file that PAPERS_QUERIES names, one a line and already escaped.
-- A hundred requests come from one visitor, then another takes its place, as a proxy on this machine would report them:
-- the service limits how often one visitor may search. PAPERS_RUN keeps the visitors of one run apart from another's.
local paths = {}
for line in io.lines(os.getenv("PAPERS_QUERIES")) do
  paths[#paths + 1] = "/api/search?q=" .. line
end

local sent = 0
local run = tonumber(os.getenv("PAPERS_RUN"))
function request()
  sent = sent + 1
  local visitor = math.floor(sent / 100)
  local address = string.format("10.%d.%d.%d", run % 250, math.floor(visitor / 250) % 250, visitor % 250)
  return wrk.format("GET", paths[(sent * 7) % #paths + 1], { ["X-Forwarded-For"] = address })
end

function done(summary, latency)
  io.write(string.format("answers %d, failed %d, %.0f a second, p50 %.2f ms, p99 %.2f ms, %.1f kB each\n",
    summary.requests, summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout,
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    summary.bytes / summary.requests / 1e3))
end
