#!/usr/bin/env bash
# Runs this checkout's own Dockerfile and docker-compose.yml, by docs/operate.md's own lines, in a real engine: as root, on Debian 12, which need not
# have Docker nor reach any registry of images. Nothing of the checkout is changed; what it is made of (engine, stand-ins) is kept for the next
# run in HELPLINE_DEPLOY_CACHE (/var/cache/helpline-deploy, some 3 GB).
#
#   real.sh quick   build, start, what each part may do, check --deploy, and the way from an empty database to an answer that is read
#   real.sh test    and backup, restore, update, kills, IPv6, the optional parts, the logs, the stop
#   real.sh up      leaves the service running; says what a shell needs to speak to it
#   real.sh down    ends what `up` left
#   real.sh clean   forgets what was kept, too
#
# Ends with “N passed, N failed”; with 1 when anything failed, with 2 when nothing could be asked.
set -uo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
project="$(cd "$here/../.." && pwd)"
kept="${HELPLINE_DEPLOY_CACHE:-/var/cache/helpline-deploy}"
run=/run/helpline-deploy
engine="$kept/engine"
work="$kept/work"
asked="${1:-}"
name=helpline.localhost
origin="https://$name"
passed=0 failed=0
export PATH="$engine/usr/bin:$engine/usr/sbin:$PATH" DOCKER_HOST="unix://$run/docker.sock" DOCKER_CONFIG="$kept/cli"
export BUILDKIT_PROGRESS=plain COMPOSE_ANSI=never DEBIAN_FRONTEND=noninteractive

say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }
give_up() {
    say "$*" >&2
    exit 2
}

# check SENTENCE COMMAND…: one line, and when it failed the end of what the command wrote.
check() {
    local sentence="$1"
    shift
    if "$@" >"$kept/said" 2>&1; then
        passed=$((passed + 1))
        say "ok    $sentence"
    else
        failed=$((failed + 1))
        say "FAIL  $sentence"
        tail -n 40 "$kept/said" | sed 's/^/        /'
        return 1
    fi
}

# shellcheck source=tests/deploy/engine.sh
. "$here/engine.sh"
# shellcheck source=tests/deploy/standins.sh
. "$here/standins.sh"
# shellcheck source=tests/deploy/checks.sh
. "$here/checks.sh"

if [ "$(id -u)" != 0 ]; then give_up "dockerd needs root"; fi
case "$asked" in
    quick | test | up)
        mkdir -p "$kept"
        install_what_is_needed
        packages="$(archive Debian)" fixes="$(archive Debian-Security)"
        unpack_engine
        [ "$asked" = up ] || trap stop_engine EXIT
        start_engine
        say "dockerd $(docker version --format '{{.Server.Version}}'), compose $(docker compose version --short)"
        make_stand_ins
        say "the stand-ins are there"
        lay_out
        if bring_up && [ "$asked" != up ]; then
            quick
            if [ "$asked" = test ]; then everything_else; fi
        fi
        if [ "$asked" = up ]; then say "export PATH=$engine/usr/bin:\$PATH DOCKER_HOST=$DOCKER_HOST DOCKER_CONFIG=$DOCKER_CONFIG; cd $work/helpline"; fi
        echo "$passed passed, $failed failed"
        exit $((failed > 0))
        ;;
    down) stop_engine ;;
    clean)
        stop_engine
        rm -rf "$kept"
        ;;
    *)
        sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        exit 2
        ;;
esac
