# The engine: Debian 13's dockerd, compose and buildx, unpacked beside the system, started and ended by us. Sourced by real.sh.

# Where this machine's apt has its packages from, by the archive's label; no host is named here.
archive() {
    apt-get indextargets --format '$(CREATED_BY)|$(LABEL)|$(REPO_URI)' | awk -F'|' -v label="$1" '$1 == "Packages" && $2 == label { print $3; exit }'
}

# The same archive's lines for another release.
lines_for() {
    local key=/usr/share/keyrings/debian-archive-keyring.gpg
    printf 'deb [signed-by=%s] %s %s main\n' "$key" "$packages" "$1" "$key" "$packages" "$1-updates"
    if [ -n "$fixes" ]; then printf 'deb [signed-by=%s] %s %s-security main\n' "$key" "$fixes" "$1"; fi
}

install_what_is_needed() {
    local wanted=() each
    for each in mmdebstrap iptables curl openssl chromium; do command -v "$each" >/dev/null || wanted+=("$each"); done
    command -v ip >/dev/null || wanted+=(iproute2)
    # A machine whose lists were taken away can tell no archive either.
    if [ -n "$(archive Debian)" ] && [ ${#wanted[@]} = 0 ]; then return; fi
    apt-get -o DPkg::Lock::Timeout=600 update -qq
    if [ ${#wanted[@]} != 0 ]; then
        apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null || give_up "not to be installed: ${wanted[*]}"
    fi
}

unpack_engine() {
    if [ -e "$engine/whole" ]; then return; fi
    local apt="$kept/apt" options each
    rm -rf "$engine" "$apt"
    mkdir -p "$engine" "$apt/lists/partial" "$apt/archives/partial" "$apt/packages"
    lines_for trixie >"$apt/sources"
    options=(-qq -o "Dir::Etc::SourceList=$apt/sources" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt" -o APT::Sandbox::User=root)
    apt-get "${options[@]}" -o Acquire::Languages=none update || give_up "Debian 13's lists are not to be had"
    (
        cd "$apt/packages" || exit
        apt-get "${options[@]}" download docker.io docker-cli docker-compose docker-buildx containerd tini
        # Of all of it runc alone wants a newer libc than Debian 12's: this release's own does.
        apt-get -qq -o APT::Sandbox::User=root download runc
    ) || give_up "the engine is not to be had"
    for each in "$apt"/packages/*.deb; do dpkg-deb --extract "$each" "$engine"; done
    mkdir -p "$DOCKER_CONFIG/cli-plugins"
    ln -sf "$engine"/usr/libexec/docker/cli-plugins/* "$DOCKER_CONFIG/cli-plugins/"
    rm -rf "$apt"
    touch "$engine/whole"
}

start_engine() {
    if docker info >/dev/null 2>&1; then return; fi
    mkdir -p "$run"
    iptables-save >"$run/iptables4"
    ip6tables-save >"$run/iptables6"
    cat /proc/sys/net/ipv4/ip_forward >"$run/forward4"
    cat /proc/sys/net/ipv6/conf/all/forwarding >"$run/forward6"
    # IPv6 as version 27 has it without being asked.
    setsid nohup dockerd --config-file /dev/null --data-root "$kept/docker" --exec-root "$run/exec" --pidfile "$run/pid" --host "$DOCKER_HOST" \
        --bip 10.210.0.1/24 --default-address-pool base=10.211.0.0/16,size=24 --experimental --ip6tables \
        --init-path "$engine/usr/bin/tini-static" --exec-opt native.cgroupdriver=cgroupfs --log-level warn >"$run/log" 2>&1 </dev/null 3>&- &
    local tries=100
    until docker info >/dev/null 2>&1; do
        if ((tries-- == 0)); then tail -n 20 "$run/log" >&2; give_up "dockerd did not start"; fi
        sleep 0.3
    done
}

no_rules() { printf '*%s\nCOMMIT\n' filter nat raw mangle | sed '1a:INPUT ACCEPT\n:FORWARD ACCEPT\n:OUTPUT ACCEPT'; }

# Ends what was started, by its own number, and puts the machine's packet filter back as it was.
stop_engine() {
    if [ ! -e "$run/pid" ]; then return; fi
    local pid
    pid="$(cat "$run/pid")"
    docker ps --all --quiet | xargs -r docker rm --force >/dev/null 2>&1
    docker network prune --force >/dev/null 2>&1
    docker volume ls --quiet | xargs -r docker volume rm >/dev/null 2>&1
    kill "$pid" 2>/dev/null
    while kill -0 "$pid" 2>/dev/null; do sleep 0.3; done
    ip link delete docker0 2>/dev/null
    # What was never there was not saved: first every table as it is without any rule.
    { no_rules; cat "$run/iptables4"; } | iptables-restore 2>/dev/null
    { no_rules; cat "$run/iptables6"; } | ip6tables-restore 2>/dev/null
    cat "$run/forward4" >/proc/sys/net/ipv4/ip_forward
    cat "$run/forward6" >/proc/sys/net/ipv6/conf/all/forwarding
    rm -rf "$run"
}
