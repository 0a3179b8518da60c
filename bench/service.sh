#!/usr/bin/env bash
# Measures the service as a reader meets it: cold start to the first page, idle memory, and the edition page under load,
# next to the same page rendered anew for every request (a session cookie keeps it out of the page cache).
# Needs wrk and curl. Build first: dotnet build src/DailyPapers.Cli
set -euo pipefail
cd "$(dirname "$0")/.."
papers=${PAPERS:-src/DailyPapers.Cli/bin/Debug/net10.0/papers}
port=${PORT:-5080}
url=http://127.0.0.1:$port
seconds=${SECONDS_EACH:-8}

start() {
  "$papers" serve --data "$data" --urls "$url" >/dev/null 2>&1 &
  service=$!
  until curl -sf -o /dev/null "$url/"; do sleep 0.05; done
}
stop() { kill "$service"; wait "$service" 2>/dev/null || true; }
resident() { awk '/VmRSS/ { printf "%.0f MB", $2 / 1000 }' "/proc/$service/status"; }
figures() { grep -E 'Requests/sec|99%' | awk '/99%/ { p99 = $2 } /Requests/ { rps = $2 } END { print rps, p99 }'; }

echo "cold start to the first page, with a new data directory and then with the existing one:"
data=$(mktemp -d)
trap 'stop 2>/dev/null; rm -rf "$data"' EXIT
for run in 1 2 3 4 5; do
  begin=$(date +%s%N)
  start
  end=$(date +%s%N)
  echo "  run $run: $(( (end - begin) / 1000000 )) ms"
  [ "$run" = 5 ] || stop
done

sleep 5
echo "idle, five seconds after the first page: $(resident)"

curl -s -o /dev/null "$url/"
read -r cached cached_p99 < <(wrk -t1 -c32 -d"${seconds}s" --latency "$url/" | figures)
read -r rendered rendered_p99 < <(wrk -t1 -c32 -d"${seconds}s" --latency -H "Cookie: papers.session=none" "$url/" | figures)
echo "edition page, anonymous:         $cached requests/s, p99 $cached_p99"
echo "the same page, rendered anew:    $rendered requests/s, p99 $rendered_p99"
echo "ratio:                           $(awk "BEGIN { printf \"%.0f\", $cached / $rendered }")"
echo "after the load: $(resident)"
