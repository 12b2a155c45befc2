# Sourced by app/run and tests/run: installs what app/packages.txt lists and builds one preset.

packages_of() { # section...
  awk -v wanted=" $* " '/^\[/ { use = index(wanted, " " substr($0, 2, length($0) - 2) " "); next } /^[a-z]/ && use { print $1 }' app/packages.txt
}

ensure_packages() { # section...
  local name missing=() optional=()
  local installed
  installed=$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' | awk '$1 == "ii" { print $2 }')
  for name in $(packages_of "$@"); do
    case "$name" in
      *\?) optional+=("${name%\?}") ;;
      *) grep -qxF "$name" <<<"$installed" || missing+=("$name") ;;
    esac
  done
  [ ${#missing[@]} -eq 0 ] && return
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
      root=(sudo)
    else
      echo "These Debian packages are missing. Install them as root with this line, then run this again:" >&2
      echo "apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
      exit 1
    fi
  fi
  echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  "${root[@]}" apt-get update -qq
  for name in "${optional[@]}"; do
    apt-cache show "$name" >/dev/null 2>&1 && missing+=("$name")
  done
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
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
