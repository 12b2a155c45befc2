# Sourced by app/run and tests/run: installs what app/packages.txt lists and builds one preset.

packages_of() { # section...
  awk -v wanted=" $* " '/^\[/ { use = index(wanted, " " substr($0, 2, length($0) - 2) " "); next } /^[a-z]/ && use { print $1 }' app/packages.txt
}

# Names of what is installed, and of what that provides: some packages are mere names that others provide.
installed_packages() {
  dpkg-query -W -f='${db:Status-Abbrev} ${Package}, ${Provides}\n' |
    awk '$1 == "ii" { sub(/^ii */, ""); gsub(/\([^)]*\)| /, ""); gsub(/,/, "\n"); print }'
}

ensure_packages() { # section...
  local name installed missing=() optional=()
  if ! command -v dpkg-query >/dev/null; then
    echo "No Debian packages here: building with what CMake finds; app/packages.txt lists what is needed." >&2
    return
  fi
  # Nothing is asked twice while neither the list nor what is installed has changed.
  local checked=build/packages
  if [ "$checked" -nt /var/lib/dpkg/status ] && [ "$(packages_of "$@")" = "$(cat "$checked")" ]; then
    return
  fi
  installed=$(installed_packages)
  for name in $(packages_of "$@"); do
    grep -qxF "${name%\?}" <<<"$installed" && continue
    case "$name" in
      *\?) optional+=("${name%\?}") ;;
      *) missing+=("$name") ;;
    esac
  done
  if [ ${#missing[@]} -gt 0 ]; then
    install_packages
  else
    install_optional
  fi
  mkdir -p build
  packages_of "$@" >"$checked"
}

# Fills root=() with what runs a command as root; fails where there is no way.
become_root() {
  root=()
  [ "$(id -u)" -eq 0 ] && return
  root=(sudo)
  command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }
}

apt_install() { # package...
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Of ${optional[@]}, those that the release has.
available() {
  local name
  for name in "${optional[@]}"; do
    apt-cache show "$name" >/dev/null 2>&1 && echo "$name"
  done
  return 0
}

install_packages() {
  local name root
  if ! become_root; then
    # Where apt has no lists yet, its update in the same line brings them.
    for name in "${optional[@]}"; do
      missing+=("\$(apt-cache pkgnames $name)")
    done
    echo "These Debian packages are missing. Install them as root with this line, then run this again:" >&2
    echo "apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  echo "Installing ${#missing[@]} Debian packages and what they need (minutes): ${missing[*]}" >&2
  "${root[@]}" apt-get update -qq
  mapfile -t optional < <(available)
  apt_install "${missing[@]}" "${optional[@]}"
}

install_optional() {
  local root
  mapfile -t optional < <(available)
  [ ${#optional[@]} -eq 0 ] && return
  if become_root; then
    echo "Installing ${optional[*]}" >&2
    apt_install "${optional[@]}" && return
  fi
  echo "Not installed, but of use: ${optional[*]}" >&2
}

build() { # preset [target...]
  local preset=$1
  shift
  export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros} # what a precompiled header needs
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"
  if [ $# -gt 0 ]; then
    cmake --build --preset "$preset" --target "$@"
  else
    cmake --build --preset "$preset"
  fi
}

# Builds with all output in a log; shows how far it is in one line of the terminal, or a line every ten seconds.
build_quietly() { # log preset [target...]
  local log=$1 line next=0
  shift
  [ -f "build/$1/build.ninja" ] || echo "Building: the first time takes minutes; all of it is in $log" >&2
  build "$@" 2>&1 | tee "$log" | while IFS= read -r line; do
    [[ $line =~ ^\[[1-9][0-9]*/[0-9]+\] ]] || continue
    if [ -t 2 ]; then
      printf '\rBuilding %s ' "${BASH_REMATCH[0]}" >&2
    elif [ "$SECONDS" -ge "$next" ]; then
      echo "Building ${BASH_REMATCH[0]}" >&2
      next=$((SECONDS + 10))
    fi
  done
  local failed=${PIPESTATUS[0]}
  [ ! -t 2 ] || printf '\r\033[K' >&2
  return "$failed"
}
