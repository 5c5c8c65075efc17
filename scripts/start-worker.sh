#!/usr/bin/env bash
# Starts a worker: scripts/start-worker.sh [QUEUE…] [--url REDIS_URL] [--concurrency N], as `lode worker --help` says.
# LODE_BINARY names the program; without it the release build of this folder, else the one on PATH.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
lode=${LODE_BINARY:-${CARGO_TARGET_DIR:-$root/target}/release/lode}
if [ ! -x "$lode" ]; then
    lode=$(command -v lode) || {
        echo "start-worker: there is no lode program" >&2
        echo "  remedy: make release, put lode on PATH, or set LODE_BINARY" >&2
        exit 1
    }
fi
exec "$lode" worker "$@"
