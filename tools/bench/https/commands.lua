-- Logs one contact a request, each under a command id of its own. Token and thread number come in
-- through the environment, so that nothing secret stands on a command line.
local token = os.getenv("VASTINE_BENCH_TOKEN")
local thread_count = 0

function setup(thread)
    thread:set("thread_id", thread_count)
    thread_count = thread_count + 1
end

function init()
    math.randomseed(os.time() * 1000 + thread_id)
end

local body = [[{"contacted_on":"2026-01-15","channel":"phone","who":"client","nature":"information",
"minutes":7,"matters":[{"sectors":["health"],"service_task":"health-station","causes":["patient-care"],
"measures":["advice"]}]}]]

function request()
    local id = string.format("%08x-%04x-4%03x-8%03x-%06x%06x", math.random(0, 0x7fffffff), math.random(0, 0xffff),
        math.random(0, 0xfff), math.random(0, 0xfff), math.random(0, 0xffffff), math.random(0, 0xffffff))
    return wrk.format("POST", "/api/v1/contacts", {
        ["Authorization"] = "Bearer " .. token,
        ["Content-Type"] = "application/json",
        ["Idempotency-Key"] = id,
    }, body)
end

function done(summary)
    local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
    io.write(string.format("requests/s %.0f errors %d\n", summary.requests / (summary.duration / 1e6), bad))
end
