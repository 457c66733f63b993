-- Reads one address again and again: VASTINE_BENCH_PATH, with the token where there is one.
local token = os.getenv("VASTINE_BENCH_TOKEN")

function request()
    local headers = {}
    if token then headers["Authorization"] = "Bearer " .. token end
    return wrk.format("GET", os.getenv("VASTINE_BENCH_PATH"), headers)
end

function done(summary)
    local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
    io.write(string.format("requests/s %.0f errors %d\n", summary.requests / (summary.duration / 1e6), bad))
end
