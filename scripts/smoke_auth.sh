#!/usr/bin/env bash
# Smoke checks (sign-in and CORS) against a deployment: scripts/smoke_auth.sh BASE_URL. Exit status 0 when all hold, else 2.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
base=${1:-${LODE_BASE_URL:-${VITE_API_BASE_URL:-}}}
if [ -z "$base" ]; then
    echo "usage: scripts/smoke_auth.sh BASE_URL [further options of lode smoke auth]" >&2
    exit 2
fi
shift || true
lode=${LODE:-${CARGO_TARGET_DIR:-target}/release/lode}
if [ ! -x "$lode" ]; then lode=$(command -v lode) || { echo "lode was not found; run make release or set LODE" >&2; exit 2; }; fi
"$lode" smoke auth --base "$base" "$@" || exit 2
