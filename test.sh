#!/usr/bin/env bash
# Passes every test of nasab, and gets what they need first. Needs Rust with cargo.
#
#   ./test.sh              everything
#   ./test.sh NAME         the Rust tests whose names hold NAME
set -euo pipefail
cd "$(dirname "$0")"

run() {
    echo "+ $*"
    "$@" </dev/null
}

# Each part gets its own tools here, before it is tested. Rust needs none beyond cargo.
run cargo test --workspace --locked "$@"
# A name picks Rust tests alone.
if [ $# -eq 0 ]; then
    # The page in a real browser.
    run tests/page/run
    # A real OpenRefine asks the service.
    run tests/openrefine/run
    run python/test.sh
fi
