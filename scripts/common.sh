# shellcheck shell=bash disable=SC2034
# Sourced by the scripts beside it: where things are, and how to speak to the user.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV=$ROOT/.venv
SELF=scripts/$(basename "$0")
JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java

say() { printf '%s: %s\n' "$SELF" "$*" >&2; }

# The first argument says what is wrong, the others what to do, a line each.
die() {
  say "$1"
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

wrong_usage() {
  printf '%s: %s (see %s --help)\n' "$SELF" "$1" "$SELF" >&2
  exit 2
}

has() { command -v "$1" >/dev/null 2>&1; }

# Prints what keeps $JAVA from launching the server; nothing if it can.
jdk_problem() {
  has "$JAVA" || { echo "there is no $JAVA" && return; }
  local version
  version=$("$JAVA" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p') || true
  [ "${version:-0}" -ge 17 ] || { echo "$JAVA is ${version:+version }${version:-no Java}" && return; }
  # A source file is launched by the compiler, which a plain runtime lacks.
  "$JAVA" --list-modules | grep '^jdk.compiler' >/dev/null || echo "$JAVA is only a runtime"
}
