# What is asked of the service that runs. Sourced by real.sh; each function is one check, and ends with 0 when all is well.

# The first block of docs/operate.md's of commands after these words, as it stands.
lines_after() { awk -v words="$1" 'index($0, words) { found = 1 } found && /^```/ { if (inside) exit; inside = 1; next } inside' docs/operate.md; }

# --- as docs/operate.md has it -----------------------------------------------------------------------------------------------------------------------

lay_out() {
    local root set_to
    rm -rf "$work"
    mkdir -p "$work/helpline" "$work/keys" "$work/backups"
    (cd "$project" && git ls-files -z --cached --others --exclude-standard | xargs -0 ls -d 2>/dev/null | tar --files-from=- --create) | tar --extract --directory "$work/helpline"
    openssl rand -base64 18 >"$work/keys/passphrase"
    root="$(cd "$project" && uv run --quiet manage.py keys root --out "$work/keys/root.key" --passphrase-file "$work/keys/passphrase" | grep -o 'HELPLINE_ROOT_KEY=.*')" ||
        give_up "the root key cannot be made"
    cd "$work/helpline" || exit 2
    install -m 600 .env.example .env
    for set_to in "HELPLINE_ORIGIN=$origin" "$root" "HELPLINE_SECRET_KEY=$(openssl rand -hex 32)" "HELPLINE_DATABASE_PASSWORD=$(openssl rand -hex 16)" \
        "HELPLINE_REDIS_PASSWORD=$(openssl rand -hex 16)" "HELPLINE_METRICS_TOKEN=$(openssl rand -hex 24)" "HELPLINE_LIVE_KEY=$(openssl rand -hex 24)"; do
        sed -i -E "s|^(# )?${set_to%%=*}=.*|$set_to|" .env
    done
}

bring_up() {
    check "compose reads its file, and each optional part" docker compose --profile onion --profile metrics config --quiet || return 1
    check "docker compose up --detach --build" docker compose up --detach --build || {
        docker compose logs --no-color --tail 15 prepare web worker beat proxy | sed 's/^/        /'
        return 1
    }
    check "every part is well" well 180 || return 1
    check "a page by HTTPS, with a certificate that holds" certificate || return 1
}

# Every part runs and is healthy, `prepare` has ended with 0; within so many seconds.
well() {
    local until=$((SECONDS + $1)) now
    while :; do
        now="$(docker compose ps --all --format '{{.Service}} {{.State}} {{.Health}} {{.ExitCode}}')"
        if [ -n "$now" ] && ! grep -v '^prepare ' <<<"$now" | grep -qvE '^\S+ running (healthy )? ?0$' && grep -qE '^prepare exited +0$' <<<"$now"; then return 0; fi
        if ((SECONDS > until)); then
            echo "$now"
            docker compose logs --no-color --tail 15
            return 1
        fi
        sleep 1
    done
}

ask() { curl --silent --show-error --max-time 30 --cacert "$work/authority.crt" --resolve "$name:443:127.0.0.1" --resolve "$name:80:127.0.0.1" "$@"; }
page() { ask --fail --output /dev/null "$origin/"; }
certificate() { docker compose cp proxy:/data/caddy/pki/authorities/local/root.crt "$work/authority.crt" && page; }
status() { ask --output /dev/null --write-out '%{http_code}' "$1"; }

# --- quick --------------------------------------------------------------------------------------------------------------------------------------

leads_to_https() { [ "$(ask --output /dev/null --write-out '%{http_code} %{redirect_url}' "http://$name/")" = "308 $origin/" ]; }
tells_nobody_outside() {
    local each
    for each in /health/ready /health/live /metrics; do [ "$(status "$origin$each")" = 404 ] || return 1; done
}
may_do_little() {
    local each
    for each in $(docker compose ps --quiet); do
        docker exec "$each" sh -c '[ "$(id -u)" != 0 ] && ! touch /written 2>/dev/null && grep -q "^CapEff:.0*$" /proc/1/status && grep -q "^NoNewPrivs:.1" /proc/1/status' || {
            docker inspect --format '{{.Name}}' "$each"
            return 1
        }
    done
}
do_not_meet() {
    ! docker compose exec -T postgres timeout 3 bash -c '</dev/tcp/proxy/443' && ! docker compose exec -T proxy timeout 3 bash -c '</dev/tcp/postgres/5432' &&
        docker compose exec -T proxy timeout 3 bash -c '</dev/tcp/web/8000'
}
in_image() { docker run --rm --network none --user 0 --entrypoint sh helpline -c "$1"; }
# The first start made the key, in a volume that `prepare` alone may write; and what the journey stored is brought under the next one.
keeps_vaults() {
    local key=/srv/helpline/storage-keys/keys manage="docker compose run --rm -T --no-deps prepare python manage.py storage_keys"
    docker compose exec -T desk stat -c '%u %a' "$key" | grep -x '10001 600' || return 1
    ! docker compose exec -T web sh -c "echo >> $key" && ! docker compose exec -T worker sh -c "rm $key" || return 1
    docker compose exec -T worker python manage.py storage_keys status | grep 'current [1-9].*Not encrypted: 0\. Without a key here: 0\.' || return 1
    $manage new && $manage rotate && docker compose exec -T web python manage.py storage_keys status | grep 'current [1-9][0-9]*\. Not encrypted: 0\. Without a key here: 0\.'
}
has_no_secret() {
    touch "$work/helpline/root.key" "$work/helpline/helpline-2026.dump" "$work/helpline/config/moira.certificate"
    docker compose build --quiet || return 1
    ! in_image 'find /srv/helpline -name "*.dump" -o -name "*.key" -o -name "*.certificate" -o -name ".env*" -o -name "*.unfinished" -o -path /srv/helpline/tests' | grep .
}
same_image_twice() {
    local first
    first="$(docker image inspect --format '{{.Id}}' helpline)"
    docker compose build --quiet && docker compose build --quiet && [ "$(docker image inspect --format '{{.Id}}' helpline)" = "$first" ]
}
deploy_check() { docker compose run --rm -T prepare python manage.py check --deploy --database default; }
refused_in_words() {
    local said
    said="$(docker compose run --rm -T --no-deps --env HELPLINE_SECRET_KEY= --env HELPLINE_WEB_WORKERS=64 --env HELPLINE_FLOOD_FROM=0 prepare 2>&1)" && return 1
    echo "$said"
    ! grep -q Traceback <<<"$said" && grep -q HELPLINE_SECRET_KEY <<<"$said" && grep -q HELPLINE_FLOOD_FROM <<<"$said" && grep -q HELPLINE_WEB_WORKERS <<<"$said"
}
journey() { (cd "$project" && uv run --quiet python -m tests.deploy.journey --origin "$origin" --service "$work/helpline" --keys "$work/keys" "$@"); }

quick() {
    check "http leads to https" leads_to_https
    check "nobody outside is told how the parts are" tells_nobody_outside
    check "nobody is root, writes, or has a capability" may_do_little
    check "database and proxy do not meet" do_not_meet
    check "manage.py check --deploy" deploy_check
    check "unsafe settings are refused in words, all at once" refused_in_words
    check "from an empty database to an answer that is read" journey
    check "vaults lie under a key that is not in the database" keeps_vaults
    check "neither dump nor key is in the image" has_no_secret
    check "the same source is the same image" same_image_twice
}

# --- and the rest -------------------------------------------------------------------------------------------------------------------------------

newest() { find "$work/backups" -name 'helpline-*.dump' -size +10k | sort | tail -n 1; }
lines_of_backup() { lines_after '## Backups' | sed "s|/var/backups/helpline|$work/backups|"; }
backup() { bash -euc "$(lines_of_backup)" && [ -n "$(newest)" ]; }
failing_backup() {
    local before code
    before="$(newest)"
    docker compose stop postgres
    bash -c "$(lines_of_backup)"
    code=$?
    docker compose start postgres
    [ "$code" != 0 ] && [ "$(newest)" = "$before" ] && [ "$(find "$work/backups" -type f | wc -l)" = 1 ]
}
restore() { DUMP="$(newest)" bash -euxc "$(lines_after 'To restore one, on this machine')"; }
# No registry of images is here to be asked for newer ones; the rest is docs/operate.md's.
update() { bash -euxc "$(lines_after '## Updates' | grep -vE '^(git pull|docker compose pull)' | sed 's/ --pull//')"; }
# While a command runs somebody asks ten times a second. The proxy may apologise; it may not be away.
always_told() {
    local asking code silent sorry
    python3 "$here/asking.py" "$name" "$work/asked" &
    asking=$!
    "$@"
    code=$?
    sleep 2
    touch "$work/asked.end"
    wait "$asking"
    read -r silent sorry <"$work/asked"
    say "      $silent s without an answer, $sorry s with an apology" >&3
    [ "$code" = 0 ] && awk -v silent="$silent" 'BEGIN { exit silent >= 0.5 }'
}
kill_each() {
    local each
    for each in web desk worker beat redis postgres proxy; do
        kill -9 "$(docker inspect --format '{{.State.Pid}}' "$(docker compose ps --quiet $each | head -n 1)")"
        sleep 1
    done
    well 180 && page
}
# From a network of its own, by IPv6: which address the proxy has of it.
by_ipv6() {
    local ok=1 line process
    ip netns add elsewhere && ip link add elsewhere0 type veth peer name outside0 netns elsewhere || return 1
    ip -6 addr add fd00:5e::1/64 dev elsewhere0 nodad && ip link set elsewhere0 up
    ip -n elsewhere -6 addr add fd00:5e::77/64 dev outside0 nodad && ip -n elsewhere link set outside0 up
    ip netns exec elsewhere python3 -c 'import socket, time; line = socket.create_connection(("fd00:5e::1", 443), 10); time.sleep(5)' &
    line=$!
    sleep 2
    process="$(docker inspect --format '{{.State.Pid}}' "$(docker compose ps --quiet proxy)")"
    # fd00:5e::77 as the kernel writes it: four words, each from its last byte to its first.
    if awk '{ print $3 }' "/proc/$process/net/tcp6" | grep -q '^5E0000FD000000000000000077000000:'; then ok=0; fi
    awk '{ print $2, $3 }' "/proc/$process/net/tcp6"
    wait "$line"
    ip link delete elsewhere0
    ip netns delete elsewhere
    return $ok
}
onion() {
    docker compose --profile onion up --detach --no-deps onion onion-proxy && sleep 8 &&
        docker compose --profile onion exec -T onion cat /var/lib/tor/service/hostname | grep -E '^[a-z2-7]{56}\.onion$' &&
        ! docker compose --profile onion logs --no-color onion-proxy 2>&1 | grep ERROR
}
onion_again() {
    local address
    export COMPOSE_PROFILES=onion
    address="$(docker compose exec -T onion cat /var/lib/tor/service/hostname)"
    bash -euxc "$(lines_after 'The onion service')" && docker compose rm --stop --force onion && docker volume rm helpline_onion &&
        bash -euxc "$(lines_after 'To have the same address')" && sleep 8 &&
        [ "$(docker compose exec -T onion cat /var/lib/tor/service/hostname)" = "$address" ]
    local code=$?
    unset COMPOSE_PROFILES
    return $code
}
asked_of_metrics() { docker compose --profile metrics exec -T metrics promtool "$@"; }
# Until a question of Prometheus is answered so; it looks every half minute, and first tells what it concluded the time before.
tells() {
    local tries=60
    until asked_of_metrics query instant http://127.0.0.1:9090 "$1" | grep -E "$2"; do
        if ((tries-- == 0)); then return 1; fi
        sleep 3
    done
}
metrics() {
    docker compose --profile metrics up --detach --no-deps --wait metrics && asked_of_metrics check config /etc/prometheus/prometheus.yml | grep '10 rules' &&
        # What was restored is from before its backup was noted.
        tells 'sum(up)' '=> 2 ' && tells ALERTS TheBackupIsOld
}
logs_tell_nobody() {
    # A row that the database refuses, as a race of two requests would make it.
    docker compose exec -T postgres psql --username helpline --dbname helpline --command 'UPDATE messaging_conversation SET seen = 99, shown = 1'
    ! docker compose logs --no-color 2>&1 | grep -nE '10\.21[01]\.[0-9]+\.[0-9]+|127\.0\.0\.1|fd00:5e|Mozilla|curl/|@helpline\.example|DETAIL|Failing row|does not exist'
}
stops_in_time() {
    local from=$SECONDS
    docker compose --profile onion --profile metrics stop
    ((SECONDS - from < 40)) && ! docker compose --profile onion --profile metrics ps --all --format '{{.Service}} {{.ExitCode}}' | grep -vE ' (0|143)$'
}

everything_else() {
    exec 3>&1
    check "the nightly backup" backup
    check "a backup that fails says so, and leaves the good one" failing_backup
    check "all is well again" well 120
    check "the restore" restore
    check "all is well after it" well 180
    check "the words open the thread after it" journey --again
    echo "# $(date)" >>config/wsgi.py
    check "an update, during which everybody is told something" always_told update
    check "all is well after it" well 180
    check "each part is killed with -9, and all is well again" kill_each
    check "who comes by IPv6 has an address of their own" by_ipv6
    check "the onion service has an address" onion
    check "the same address again, from its key" onion_again
    check "the metrics are read, and an alert is told" metrics
    check "no log tells who asked, nor what a refused row held" logs_tell_nobody
    check "everything stops in time, by itself" stops_in_time
}
