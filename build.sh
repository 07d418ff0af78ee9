#!/bin/sh
# Builds, serves and tests Uphill. Needs rustup, Node.js with npm, and a POSIX shell.
set -eu
called_from=$(pwd)
cd "$(dirname "$0")"

wasm=wasm32-unknown-unknown
browser_tests=tests/browser

usage() {
    cat <<'END'
Usage: ./build.sh [COMMAND]

  (none)          make dist/, a folder for any static host, under any address
  serve           make dist/ and serve it on loopback, printing its address
    --port N      the port to try first (8080)
  test            everything: formatting, lints, documentation, Rust tests,
                  the page's JavaScript, and the page in Chromium and Firefox, and in
                  WebKit on Debian; what they find goes into dist/validation.html
    --quick       what needs no browser and no Slurm
    --long        the tests that take long, too
  measure         how long the page takes to start and the paper's Fig. 2 to be
                  computed, in Chromium on this machine
  soak            the lab and a scan for a long time in Chromium: memory stays flat,
                  no worker is lost, the balances are exact; a table, else exit 1
    --minutes N   how long (60)
  bench           how fast the engine is, natively, in Chromium and in Firefox, as
                  a table; natively alone and with criterion: `cargo bench`
    --json FILE   where to write it, too (target/bench.json)
  help            this text

Environment of the build: UPHILL_ADDRESS, the address that the site will have, names the
picture of link previews as a whole.
Environment of `test`: CHROMIUM and FIREFOX name the browsers to use; UPHILL_WEBKIT=0
leaves WebKit out, and UPHILL_WEBKIT=1 fails where it cannot be tested.
END
}

say() { printf '%s\n' "$*"; }
headline() { printf '\n== %s\n' "$*"; }
# Begins a part of the tests, and notes when.
part() {
    doing=$*
    headline "$doing"
    parts="${parts:-}$(date +%s) $doing
"
}
# How long each part took.
durations() {
    printf '%s%s\n' "${parts:-}" "$(date +%s)" | awk '
        name != "" { printf "%5d s  %s\n", $1 - began, name }
        { began = $1; $1 = ""; name = $0 }'
}
fail() { printf '%s\n' "$*" >&2; exit 1; }
misused() { printf '%s\n\n' "$*" >&2; usage >&2; exit 2; }
has() { command -v "$1" >/dev/null 2>&1; }

need_rust() {
    if ! has cargo || ! has rustc; then
        fail "Rust is missing: install rustup (https://rustup.rs) and open a new shell."
    fi
}

has_lints() {
    cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1
}

need_lints() {
    has_lints && return
    if has rustup; then with_limit 120 rustup component add rustfmt clippy || true; fi
    has_lints ||
        fail "rustfmt and clippy are missing: run \`rustup component add rustfmt clippy\`."
}

# It runs the tests of all binaries side by side, where cargo runs one binary after another.
has_nextest() { cargo nextest --version >/dev/null 2>&1; }

has_wasm_target() {
    libraries=$(rustc --print target-libdir --target "$wasm" 2>/dev/null) || return 1
    set -- "$libraries"/libstd-*.rlib
    [ -e "$1" ]
}

# rustup waits for ever on a silent server; macOS has no `timeout`.
with_limit() {
    limit=$1
    shift
    if has timeout; then timeout "$limit" "$@"
    elif has gtimeout; then gtimeout "$limit" "$@"
    else "$@"
    fi
}

need_wasm_target() {
    has_wasm_target && return
    if has rustup; then
        say "Fetching Rust's standard library for $wasm."
        with_limit 120 rustup target add "$wasm" || true
        has_wasm_target && return
    fi
    fail "Rust's standard library for $wasm is missing: run \`rustup target add $wasm\`, or on Debian, with its own Rust, install the package libstd-rust-dev-wasm32."
}

# The tests have built it with what they depend on; cargo alone would build that once more.
xtask() {
    if [ -n "${tested_xtask:-}" ]; then
        CARGO_MANIFEST_DIR=$PWD/xtask "$tested_xtask" "$@"
    else
        cargo run --package xtask -- "$@"
    fi
}

# What it takes to make the site.
need_site() {
    need_rust
    need_wasm_target
    need_node
    node_packages xtask
}

site() {
    need_site
    xtask site
}

serve() {
    site
    exec node xtask/serve.js dist "$1"
}

# Prints the first of the commands that exists.
first_of() {
    for name in "$@"; do
        if has "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

find_chromium() {
    if [ -n "${CHROMIUM:-}" ]; then first_of "$CHROMIUM"; return; fi
    first_of chromium chromium-browser google-chrome google-chrome-stable chrome ||
        first_of "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
            "/Applications/Chromium.app/Contents/MacOS/Chromium"
}

find_firefox() {
    if [ -n "${FIREFOX:-}" ]; then first_of "$FIREFOX"; return; fi
    first_of firefox firefox-esr ||
        first_of "/Applications/Firefox.app/Contents/MacOS/firefox"
}

find_browsers() {
    found_chromium=$(find_chromium) && found_firefox=$(find_firefox)
}

need_browsers() {
    if ! find_browsers; then
        if [ -z "${CHROMIUM:-}${FIREFOX:-}" ] && has apt-get && [ "$(id -u)" = 0 ]; then
            part "Installing Chromium and Firefox"
            apt-get update || true
            DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
                chromium firefox-esr fonts-dejavu-core || true
        fi
        find_browsers ||
            fail "The browser tests need Chromium and Firefox: install both (on Debian: chromium firefox-esr), or name them in CHROMIUM and FIREFOX."
    fi
    CHROMIUM=$found_chromium
    FIREFOX=$found_firefox
    export CHROMIUM FIREFOX
}

# Debian's packages have the browser where no other program looks for it.
find_webkit() {
    for found_webkit in /usr/lib/*/webkit2gtk-4.1/MiniBrowser; do
        [ -x "$found_webkit" ] && has WebKitWebDriver && has Xvfb && return
    done
    return 1
}

# WebKit is tested where Debian has it or can have it, and elsewhere it is said that it was not.
want_webkit() {
    if [ "${UPHILL_WEBKIT:-}" = 0 ]; then
        without_webkit="Not tested: WebKit, for UPHILL_WEBKIT is 0."
        return
    fi
    if ! find_webkit && has apt-get && [ "$(id -u)" = 0 ]; then
        part "Installing WebKit"
        apt-get update || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
            webkit2gtk-driver xvfb || true
    fi
    if find_webkit; then
        UPHILL_WEBKIT=1
    elif [ "${UPHILL_WEBKIT:-}" = 1 ]; then
        fail "UPHILL_WEBKIT is 1, and WebKit is not there: install it (on Debian: webkit2gtk-driver xvfb)."
    else
        UPHILL_WEBKIT=0
        without_webkit="Not tested: WebKit, which needs Debian's packages webkit2gtk-driver and xvfb."
    fi
    export UPHILL_WEBKIT
}

# A version without its patch as one number, of which a later one has a larger.
number_of() {
    minor=${1#*.}
    echo $((${1%%.*} * 1000 + ${minor%%.*}))
}

need_node() {
    wanted=$(sed -n 's/.*"node": ">=\([0-9.]*\)".*/\1/p' "$browser_tests/package.json")
    if ! has node || ! has npm; then
        fail "Uphill is built with Node.js $wanted or later, with npm: https://nodejs.org"
    fi
    found=$(node --version)
    found=${found#v}
    [ "$(number_of "$found")" -ge "$(number_of "$wanted")" ] ||
        fail "Uphill is built with Node.js $wanted or later, and this is $found: https://nodejs.org"
}

# Slurm is of Linux alone.
has_slurm() { has slurmctld && has slurmd && has sbatch && has munged; }

need_slurm() {
    if ! has_slurm && has apt-get && [ "$(id -u)" = 0 ]; then
        part "Installing Slurm"
        apt-get update || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends slurm-wlm munge || true
    fi
    has_slurm || fail "The test of cluster jobs needs Slurm and munge: install both (on Debian: slurm-wlm munge)."
}

# Fetches the packages that a folder names, once.
node_packages() {
    installed=$1/node_modules/.package-lock.json
    if [ ! -e "$installed" ] || [ -n "$(find "$1/package-lock.json" -newer "$installed")" ]; then
        (cd "$1" && npm ci --no-audit --no-fund --ignore-scripts)
        touch "$installed"
    fi
}

# Minutes since a time in seconds, rounded up.
minutes_since() { echo $((($(date +%s) - $1 + 59) / 60)); }

# What is done beside the Rust tests, one after another: the last and longest steps of the site use one
# core, and Slurm's jobs wait between theirs.
meanwhile() {
    site
    headline "Node packages"
    node_packages "$browser_tests"
    if [ -n "${quick:-}" ]; then
        return
    elif [ "$(uname)" = Linux ]; then
        headline "A scan as jobs of Slurm"
        sh tests/slurm/test.sh "$(cd "$target" && pwd)/debug/uphill"
    else
        headline "Not tested: a scan as jobs of Slurm, which is of Linux."
    fi
}

tests() {
    doing="what the tests need"
    trap '[ $? -eq 0 ] || { durations; headline "Failed at: $doing."; [ -z "${beside:-}" ] || kill "$beside" 2>/dev/null; }' EXIT
    need_node
    need_rust
    need_lints
    need_wasm_target
    if [ -z "${quick:-}" ]; then
        need_browsers
        want_webkit
        [ "$(uname)" != Linux ] || need_slurm
    fi
    started=$(date +%s)

    part "Formatting"
    cargo fmt --all --check
    part "Lints"
    cargo clippy --workspace --all-targets -- -D warnings
    part "Lints of the engines for browsers"
    cargo clippy --package uphill --lib --target "$wasm" -- -D warnings
    cargo clippy --package uphill --lib --target "$wasm" --no-default-features -- -D warnings
    part "Documentation"
    RUSTDOCFLAGS="${RUSTDOCFLAGS:-} -D warnings" cargo doc --workspace --no-deps
    part "Rust tests"
    target=${CARGO_TARGET_DIR:-target}
    # What the validation page shows is what these tests find, and nothing older.
    rm -rf "$target/validation"
    cargo test --workspace --no-run
    tested_xtask=$target/debug/xtask
    meanwhile >"$target/meanwhile.log" 2>&1 &
    beside=$!
    if has_nextest; then
        cargo nextest run --workspace --no-fail-fast
        cargo test --workspace --doc
    else
        cargo test --workspace
    fi

    part "The site, and what else was done beside the Rust tests"
    ended=0
    wait "$beside" || ended=$?
    beside=
    cat "$target/meanwhile.log"
    [ "$ended" -eq 0 ] || exit "$ended"
    if [ -n "${quick:-}" ]; then
        part "Types of the page's JavaScript"
        (cd "$browser_tests" && npm run --silent types)
        part "What can be seen of the page without a browser"
        node --test --test-reporter=spec \
            "$browser_tests/words.test.js" "$browser_tests/palette.test.js" "$browser_tests/floors.test.js"
        headline "How long it took"
        durations
        headline "All passed but what needs a browser or Slurm, in $(minutes_since "$started") min."
        return
    fi
    part "Types of the page's JavaScript"
    (cd "$browser_tests" && npm run --silent types)
    if [ "$UPHILL_WEBKIT" = 1 ]; then
        part "The page in Chromium, in Firefox and in WebKit"
    else
        part "The page in Chromium and in Firefox"
        say "$without_webkit"
    fi
    # The terminal's command, which the Rust tests have built: its digests are compared with the page's.
    UPHILL=$target/debug/uphill
    export UPHILL
    # The largest first, for they take longest.
    last=$browser_tests/validation.test.js
    others=$(find "$browser_tests" -maxdepth 1 -name '*.test.js' -exec ls -S {} + | grep -vxF "$last")
    # shellcheck disable=SC2086 # names of ours, without spaces
    node "$browser_tests/lanes.js" $others
    if [ "${UPHILL_LONG:-}" ]; then
        part "The recipes for notebooks and documents, with the tools they are for"
        tests/recipes/run.sh
    fi
    part "The validation page"
    node "$browser_tests/bench.js" --quick
    xtask validation
    node --test --test-reporter=spec "$last"

    headline "How long it took"
    durations
    headline "All passed, in $(minutes_since "$started") min, with $("$CHROMIUM" --version | head -n 1), $("$FIREFOX" --version | tail -n 1) and $(
        # Which it is it tells the tests alone.
        if [ "$UPHILL_WEBKIT" = 1 ]; then
            sed -n 's/.*"host": "\(WebKit [^"]*\)".*/\1/p' "$target/validation/digests-webkit.json"
        else
            say "no WebKit"
        fi
    )."
}

# What it takes to drive the page in a browser.
need_page() {
    need_browsers
    site
    node_packages "$browser_tests"
}

measure() {
    need_page
    node "$browser_tests/measure.js"
}

soak() {
    need_page
    node "$browser_tests/soak.js" --minutes "$1"
}

bench() {
    need_page
    # Here, so that what the compiler says is seen.
    cargo bench --bench kernels --no-run
    node "$browser_tests/bench.js" "$1"
}

command=${1:-site}
[ $# -eq 0 ] || shift
case $command in
site)
    [ $# -eq 0 ] || misused "\`./build.sh $command\` takes no argument: $*"
    site
    ;;
serve)
    port=8080
    if [ $# -eq 2 ] && [ "$1" = --port ]; then
        case $2 in
        '' | *[!0-9]*) misused "\`--port\` takes a number, not '$2'." ;;
        esac
        port=$2
    elif [ $# -ne 0 ]; then
        misused "\`./build.sh serve\` does not know: $*"
    fi
    serve "$port"
    ;;
test)
    if [ $# -eq 1 ] && [ "$1" = --long ]; then
        UPHILL_LONG=1
        export UPHILL_LONG
    elif [ $# -eq 1 ] && [ "$1" = --quick ]; then
        quick=1
    elif [ $# -ne 0 ]; then
        misused "\`./build.sh test\` does not know: $*"
    fi
    tests
    ;;
measure)
    [ $# -eq 0 ] || misused "\`./build.sh $command\` takes no argument: $*"
    measure
    ;;
soak)
    minutes=60
    if [ $# -eq 2 ] && [ "$1" = --minutes ]; then
        case $2 in
        '' | 0 | *[!0-9]*) misused "\`--minutes\` takes a number above 0, not '$2'." ;;
        esac
        minutes=$2
    elif [ $# -ne 0 ]; then
        misused "\`./build.sh soak\` does not know: $*"
    fi
    soak "$minutes"
    ;;
bench)
    json=${CARGO_TARGET_DIR:-target}/bench.json
    if [ $# -eq 2 ] && [ "$1" = --json ]; then
        case $2 in
        /*) json=$2 ;;
        *) json=$called_from/$2 ;;
        esac
    elif [ $# -ne 0 ]; then
        misused "\`./build.sh bench\` does not know: $*"
    fi
    bench "$json"
    ;;
help | -h | --help)
    usage
    ;;
*)
    misused "There is no command '$command'."
    ;;
esac
