"""docker-compose.yml, the Dockerfile and the proxy's files: what an installation runs, reachable only through the proxy."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.urls import resolve

from config.checks import OTHER_CONNECTIONS
from tests.house.refused_settings import explained
from tests.parts.commands import compose
from tests.parts.environment import REPOSITORY

SERVICES = {"postgres", "redis", "prepare", "web", "desk", "live", "worker", "beat", "proxy", "onion", "onion-proxy", "metrics"}
OURS = {"prepare", "web", "desk", "live", "worker", "beat"}
BUILT = {"helpline": None, "helpline-proxy": "proxy", "helpline-onion": "onion"}
CADDYFILES = [REPOSITORY / "config" / "Caddyfile", REPOSITORY / "config" / "onion" / "Caddyfile"]
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text()


def test_every_part_is_there() -> None:
    services = compose()["services"]
    assert set(services) == SERVICES
    assert {name: services[name]["profiles"] for name in SERVICES if "profiles" in services[name]} == {
        "onion": ["onion"],
        "onion-proxy": ["onion"],
        "metrics": ["metrics"],
    }
    assert services["worker"]["deploy"]["replicas"] == 2
    assert services["desk"] == services["web"]


def test_only_the_proxy_is_reached_from_outside() -> None:
    published = {name: service.get("ports") for name, service in compose()["services"].items() if "ports" in service}
    http, https = "${HELPLINE_HTTP_PORT:-80}", "${HELPLINE_HTTPS_PORT:-443}"
    assert published == {"proxy": [f"{http}:80", f"{https}:443", f"{https}:443/udp"]}
    assert not [name for name, service in compose()["services"].items() if "network_mode" in service or "privileged" in service]


def test_database_and_queue_have_no_way_to_the_world() -> None:
    networks = compose()["networks"]
    inner = {name for name, options in networks.items() if options and options.get("internal")}
    for name, service in compose()["services"].items():
        assert set(service["networks"]) <= set(networks), name
    for name in ("postgres", "redis", "live", "metrics", "onion-proxy"):
        assert set(compose()["services"][name]["networks"]) <= inner, name
    assert "inside" not in compose()["services"]["proxy"]["networks"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_part_may_do_little(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", ["NET_BIND_SERVICE"]) == ["NET_BIND_SERVICE"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {"mem_limit", "pids_limit", "cpus", "tmpfs", "logging"} <= set(service)
    if service["image"] in BUILT:
        stage = (
            DOCKERFILE.split("\nFROM ")[-1]
            if BUILT[service["image"]] is None
            else re.split(rf"AS {BUILT[service['image']]}\n", DOCKERFILE)[1]
        )
        user = re.search(r"^USER (\S+)$", stage.split("\nFROM ")[0], re.MULTILINE)
        assert user is not None
        assert user[1] not in {"root", "0"}
    else:
        assert service["user"] not in {"root", "0"}


def test_every_image_has_an_exact_version_and_every_package_a_hash() -> None:
    foreign = {service["image"] for service in compose()["services"].values()} - set(BUILT)
    bases = set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))
    assert len(foreign | bases) == 6
    for image in foreign | bases:
        assert re.search(r":v?\d+\.\d+", image), f"{image} is whatever is newest"
    assert "--no-deps --require-hashes --requirement requirements.lock" in DOCKERFILE


def test_what_the_images_take_from_here_is_here() -> None:
    for source in re.findall(r"^COPY (?!--from)(\S+) \S+$", DOCKERFILE, re.MULTILINE):
        assert (REPOSITORY / source).exists(), source
    named = {volume.split(":")[0] for service in compose()["services"].values() for volume in service.get("volumes", [])}
    # The folder of the signed manifest is the operator's own.
    assert all((REPOSITORY / name).is_file() for name in named - {"./release"} if name.startswith("."))
    assert {name for name in named if not name.startswith(".")} == set(compose()["volumes"])


def test_every_variable_is_one_that_the_settings_or_a_part_know() -> None:
    for name, service in compose()["services"].items():
        ours = {key for key in service.get("environment", {}) if key.startswith("HELPLINE_")}
        assert ours <= explained(), name


def test_redis_asks_for_a_password_and_keeps_its_queue() -> None:
    redis = compose()["services"]["redis"]
    command = " ".join(redis["command"])
    for option in ('--requirepass "$$REDISCLI_AUTH"', "--appendonly yes", "--maxmemory-policy noeviction"):
        assert option in command
    assert redis["environment"]["REDISCLI_AUTH"] == "${HELPLINE_REDIS_PASSWORD:?}"


def test_the_hub_reaches_one_channel_of_redis_and_nothing_else() -> None:
    services = compose()["services"]
    live = services["live"]
    assert "env_file" not in live
    told = ("BIND", "ORIGIN", "LIVE_KEY", "LIVE_SOCKETS", "METRICS_TOKEN", "REDIS_URL")
    assert set(live["environment"]) == {f"HELPLINE_{name}" for name in told}
    assert "volumes" not in live
    assert [name for name, service in services.items() if "rings" in service["networks"]] == ["redis", "live"]
    assert live["environment"]["HELPLINE_REDIS_URL"].startswith("redis://live:")
    assert 'resetchannels "&helpline:live" -@all +subscribe +unsubscribe +ping\n' in services["redis"]["command"][-1] + "\n"


def test_everything_that_serves_says_how_it_is() -> None:
    services = compose()["services"]
    # `prepare` ends, and tor serves nobody here whom one could ask.
    assert {name for name in services if "healthcheck" in services[name]} == SERVICES - {"prepare", "onion"}
    # Asked often while it starts: who waits for it would else wait for the first of the slow questions.
    assert not [name for name, service in services.items() if "start_interval" not in service.get("healthcheck", {"start_interval": ""})]
    test = services["web"]["healthcheck"]["test"]
    assert test[:-1] == ["CMD", "python", "-m", "config.health"]
    assert resolve(test[-1]).url_name == "health-ready"


def test_every_command_starts_a_programme_of_this_environment() -> None:
    """tests/parts starts the web server, the worker and beat by the very same strings; here that none needs a shell."""
    for name in OURS:
        programme, *rest = shlex.split(compose()["services"][name]["command"])
        assert (Path(sys.executable).parent / programme).exists()
        assert not set("$|&;<>`") & set("".join(rest))


def test_a_stop_leaves_time_for_what_was_begun() -> None:
    said = (REPOSITORY / "config" / "gunicorn.py").read_text()
    graceful = re.search(r"^graceful_timeout = (\d+)$", said, re.MULTILINE)
    assert graceful is not None
    assert int(compose()["services"]["web"]["stop_grace_period"].removesuffix("s")) > int(graceful[1])
    assert int(compose()["services"]["worker"]["stop_grace_period"].removesuffix("s")) >= 30


def test_the_proxy_writes_no_address() -> None:
    for path in CADDYFILES:
        everywhere, _, site = path.read_text().partition("\n}\n")
        assert re.search(r"fields \{\s*request delete\s*\}", everywhere), "an error's record would hold the request"
        assert not re.search(r"^\s*log\b", site, re.MULTILINE), "an access log would hold addresses"


def test_the_proxy_speaks_http_3_and_tells_nobody_outside_how_the_parts_are() -> None:
    assert "protocols h1 h2 h3" in CADDYFILES[0].read_text()
    for path in CADDYFILES:
        private = re.search(r"^\t@private path (.+)$", path.read_text(), re.MULTILINE)
        assert private is not None
        assert {"/health/*", "/metrics*"} <= set(private[1].split())
        assert "respond @private 404" in path.read_text()
    jobs = yaml.safe_load((REPOSITORY / "config" / "prometheus.yml").read_text())["scrape_configs"]
    assert [job["static_configs"] for job in jobs] == [[{"targets": [f"{name}:8000"]}] for name in ("web", "live", "desk")]
    for job in jobs:
        assert job["authorization"]["credentials_file"] in compose()["services"]["metrics"]["command"][0]


@pytest.mark.proxy
@pytest.mark.parametrize("path", CADDYFILES, ids=["site", "onion"])
def test_caddy_finds_its_files_in_order(path: Path, tmp_path: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "HELPLINE_ORIGIN": "https://helpline.example"}
    # Debian 12's is older than `request_buffers`.
    environment["HELPLINE_BODY_BUFFER"] = "buffer_requests"
    done = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", str(path)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_folders_name_chooses_no_database() -> None:
    assert compose()["name"] == "helpline"


def test_one_image_is_built_once() -> None:
    """By each part, it would be another image each time, and every part would begin anew with it."""
    built = [(service["image"], service["build"]) for service in compose()["services"].values() if "build" in service]
    ours = [build for image, build in built if image == "helpline"]
    assert ours == ["."]
    assert "build" in compose()["services"]["prepare"]


def test_an_update_leaves_the_proxy_where_it_is() -> None:
    """compose begins a part anew with whatever it depends on; nobody would say 999 and what to do meanwhile."""
    services = compose()["services"]
    assert [name for name in ("proxy", "onion-proxy") if "depends_on" in services[name]] == []
    assert not [
        name for name, service in services.items() if {"proxy", "onion-proxy"} & set(service.get("depends_on", ())) - {"onion-proxy"}
    ]


def test_a_line_of_env_for_a_start_by_hand_breaks_nothing_here() -> None:
    """.env is given to the containers too: what only the image knows is said by compose, and what an operator sets is passed on."""
    told = compose()["services"]["web"]["environment"]
    assert told["HELPLINE_BIND"] == "0.0.0.0:8000"
    assert told["HELPLINE_STATIC_ROOT"] == "/srv/helpline/staticfiles"
    assert told["HELPLINE_TRUSTED_PROXIES"] == "${HELPLINE_TRUSTED_PROXIES:-1}"
    assert "HELPLINE_BALANCERS" in compose()["services"]["proxy"]["environment"]


def test_who_comes_by_ipv6_is_somebody() -> None:
    assert compose()["networks"]["outside"]["enable_ipv6"] is True


def test_the_database_writes_down_nothing_that_was_sent() -> None:
    for option in ("log_min_error_statement=panic", "log_parameter_max_length_on_error=0", "log_error_verbosity=terse"):
        assert option in compose()["services"]["postgres"]["command"]


def test_as_many_processes_as_may_be_set_fit_into_the_database() -> None:
    most = re.search(r"max_connections=(\d+)", compose()["services"]["postgres"]["command"])
    example = re.search(r"each of the two web servers has, 1 to (\d+)", (REPOSITORY / ".env.example").read_text())
    assert most is not None
    assert example is not None
    assert 2 * int(example[1]) * (settings.WEB_THREADS + 2) + OTHER_CONNECTIONS <= int(most[1]) - 3


def test_every_alert_is_about_a_figure_that_is_told() -> None:
    rules = [rule for group in yaml.safe_load((REPOSITORY / "config" / "alerts.yml").read_text())["groups"] for rule in group["rules"]]
    told = (REPOSITORY / "messaging" / "monitoring" / "views.py").read_text()
    told += (REPOSITORY / "messaging" / "hub" / "figures.py").read_text().replace('"helpline_', '"')
    for name in {name for rule in rules for name in re.findall(r"helpline_(\w+)", rule["expr"])}:
        assert f'"{name}"' in told, name
    assert yaml.safe_load((REPOSITORY / "config" / "prometheus.yml").read_text())["rule_files"] == ["alerts.yml"]
