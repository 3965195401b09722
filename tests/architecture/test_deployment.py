"""The containers, as far as they can be judged without an engine: read, compared, and the image's files put to work."""

import ast
import http.client
import json
import os
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from inharmony.servers import ensure
from inharmony.servers.postgres import SETTINGS
from inharmony.servers.waiting import wait_for
from tests import containers, databases
from tests.containers import COMPOSE, IMAGE, LASTING, ONE_SHOT, ROOT, SERVICES
from tests.ports import free_port

OWN_IMAGE = ("web", "worker", "beat", "provision", "migrate", "loader")
PASSWORDS = {name: f"{name.upper()}_DATABASE_PASSWORD" for name in ("owner", "web", "worker", "loader")}


def test_the_services_of_the_product_are_there():
    assert set(LASTING) == {"web", "worker", "beat", "postgres", "redis", "proxy"}
    assert set(SERVICES) == set(LASTING) | ONE_SHOT


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_has_few_rights(name):
    service = SERVICES[name]
    uid = int(str(service["user"]).partition(":")[0])
    assert uid > 0
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"] is True
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "network_mode", "pid", "ipc", "devices"} & set(service)
    assert service["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", LASTING)
def test_a_lasting_service_is_watched_and_started_again(name):
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert {"interval", "timeout", "retries", "start_period"} <= set(service["healthcheck"])


@pytest.mark.parametrize("name", sorted(ONE_SHOT))
def test_a_command_ends_and_stays_ended(name):
    assert (SERVICES[name]["restart"], SERVICES[name]["healthcheck"]) == ("no", {"disable": True})


def test_no_secret_stands_in_the_files():
    secret = re.compile(r"password|secret|identity_key", re.IGNORECASE)
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            asked = containers.variables(str(value))
            if secret.search(variable):
                assert str(value).startswith("${"), f"{name}: {variable} is written out"
            if "@" in str(value) and "://" in str(value):
                assert asked, f"{name}: {variable} holds a password"
    words = (IMAGE.read_text() + (ROOT / "docker/proxy/Dockerfile").read_text()).lower()
    assert not re.search(r"(password|secret_key|token)\s*=", words)


def test_a_needed_variable_stops_the_start_and_says_why():
    text = (ROOT / "docker-compose.yml").read_text()
    needed = {name for name, value in containers.examples().items() if not value} - {
        "EMAIL_HOST_USER",
        "EMAIL_HOST_PASSWORD",
        "OIDC_PROVIDERS",
        "FILES_STORAGE",
        "FILES_STORAGE_OPTIONS",
    }
    for name in needed:
        assert re.search(rf"\${{{name}:\?[^}}]{{10,}}}}", text), f"{name} may be missing without a word"


def test_every_variable_is_explained_and_none_for_nothing():
    asked = containers.variables((ROOT / "docker-compose.yml").read_text())
    given = set(containers.examples())
    assert asked == given
    guide = (ROOT / "docs/deployment.md").read_text()
    assert [name for name in sorted(asked) if f"`{name}`" not in guide] == []


def read_by(path: Path) -> set[str]:
    """Returns the names that a file reads from the environment, by our own readers or os.environ.get."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    readers = {"text", "flag", "listed", "get"}
    return {
        call.args[0].value
        for call in calls
        if call.args and isinstance(call.args[0], ast.Constant)
        and (getattr(call.func, "id", "") or getattr(call.func, "attr", "")) in readers
        and re.fullmatch(r"[A-Z][A-Z_]+", str(call.args[0].value))
    }  # fmt: skip


@pytest.mark.parametrize("name", ["web", "worker", "beat", "migrate", "loader"])
def test_every_setting_that_is_read_is_supplied(name):
    wanted = set()
    for file in ("base.py", "production.py"):
        wanted |= read_by(ROOT / "inharmony/settings" / file)
    if name == "web":
        wanted |= read_by(ROOT / "inharmony/gunicorn.py")
    assert {"SECRET_KEY", "DATABASE_URL", "EMAIL_HOST"} <= wanted
    given = SERVICES[name]["environment"]
    assert wanted - set(given) == set()
    assert given["DJANGO_SETTINGS_MODULE"] == "inharmony.settings.production"


def test_each_service_has_the_login_it_needs_and_no_other():
    logins = {name: SERVICES[name]["environment"]["DATABASE_URL"] for name in OWN_IMAGE}
    found = {name: re.match(r"postgresql://(\w+):\$\{(\w+)", url).groups() for name, url in logins.items()}
    assert found == {
        "web": ("web", PASSWORDS["web"]),
        "worker": ("worker", PASSWORDS["worker"]),
        "beat": ("worker", PASSWORDS["worker"]),
        "migrate": ("owner", PASSWORDS["owner"]),
        "loader": ("loader", PASSWORDS["loader"]),
        "provision": ("postgres", "POSTGRES_PASSWORD"),
    }
    for name in ("web", "worker", "beat", "loader", "proxy", "redis"):
        given = containers.variables(str(SERVICES[name]["environment"]))
        assert not given & {"POSTGRES_PASSWORD", PASSWORDS["owner"]}, f"{name} holds a master key"
    assert set(PASSWORDS.values()) <= set(SERVICES["provision"]["environment"])


def test_only_the_proxy_can_be_reached_and_data_has_no_way_out():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    inside = {name for name, network in COMPOSE["networks"].items() if network.get("internal")}
    assert inside == {"pages", "data"}
    assert {name for name in SERVICES if "pages" in SERVICES[name]["networks"]} == {"proxy", "web"}
    for name in ("postgres", "redis", "migrate", "provision", "loader", "beat"):
        assert SERVICES[name]["networks"] == ["data"]
    assert "data" not in SERVICES["proxy"]["networks"]


def test_files_and_databases_outlive_a_container():
    mounted = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]
    assert set(COMPOSE["volumes"]) <= {mount.partition(":")[0] for mount in mounted}
    files = "files:/var/lib/portal/files"
    assert files in SERVICES["web"]["volumes"]
    assert files in SERVICES["worker"]["volumes"]


def test_the_database_logs_no_name_of_a_child():
    told = {pair[2:].partition("=")[0]: pair.partition("=")[2] for pair in SERVICES["postgres"]["command"][1:]}
    for name in ("log_min_error_statement", "log_error_verbosity", "log_parameter_max_length"):
        assert told[name] == SETTINGS[name]


def test_the_image_installs_what_is_locked_and_runs_as_nobody_special():
    steps = containers.instructions(IMAGE)
    installs = [rest for word, rest in steps if word == "RUN" and "pip install" in rest]
    assert [("--require-hashes" in rest, "-r /tmp/requirements.lock" in rest) for rest in installs] == [(True, True)]
    users = [rest for word, rest in steps if word == "USER"]
    assert users == ["10001:10001"]
    assert {SERVICES[name]["user"] for name in OWN_IMAGE} == set(users)
    last_change = max(number for number, (word, _) in enumerate(steps) if word in {"RUN", "COPY"})
    assert last_change < [word for word, _ in steps].index("USER")
    proxy = containers.instructions(ROOT / "docker/proxy/Dockerfile")
    assert [rest for word, rest in proxy if word == "USER"] == [SERVICES["proxy"]["user"]]


def test_the_image_copies_only_what_is_there_and_the_build_is_given_it():
    let_in = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    for source, _ in containers.copied():
        assert (ROOT / source).exists(), f"{source} is copied and not there"
        assert any(fnmatch(source.rstrip("/"), pattern) for pattern in let_in), f"{source} is kept from the build"
    assert "*" in (ROOT / ".dockerignore").read_text().splitlines()
    for private in (".env", ".data", ".git", "tests"):
        assert private not in let_in


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """What the image would hold of the repository, built by the image's own last command."""
    folder = containers.build_context(tmp_path_factory.mktemp("image"))
    builds = [rest for word, rest in containers.instructions(IMAGE) if word == "RUN" and "collectstatic" in rest]
    python = Path(sys.executable).parent
    environment = {"PATH": f"{python}:/usr/bin:/bin", "DATA_DIR": str(folder / "data"), "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        ["sh", "-c", builds[0]], check=False, cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return folder, environment


@pytest.fixture(scope="module")
def served(image, database):
    """A first start as compose does it: provision, migrate, then the image's own command as `web`; the port."""
    folder, environment = image
    port, name = free_port(), f"deployed_{os.getpid()}"
    environment = environment | {
        "DJANGO_SETTINGS_MODULE": "inharmony.settings.production",
        "SECRET_KEY": "Kd7_xQ2-" * 8,
        "IDENTITY_KEY": "for this test",
        "ALLOWED_HOSTS": "portal.example",
        "DATABASE_NAME": name,
        # nobody there: pages are served without the queue
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "WEB_BIND": f"127.0.0.1:{port}",
    }
    for service, url in (("provision", ensure().admin_url()), ("migrate", ensure().database_url("owner", name))):
        command = [sys.executable, *SERVICES[service]["command"][1:]]
        subprocess.run(
            command, cwd=folder, env=environment | {"DATABASE_URL": url}, stdout=subprocess.DEVNULL, check=True
        )
    environment["DATABASE_URL"] = ensure().database_url("web", name)
    program, *arguments = json.loads(dict(containers.instructions(IMAGE))["CMD"])
    log = (folder / "log").open("w")
    command = [Path(sys.executable).with_name(program), *arguments]
    web = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        assert wait_for(lambda: ask(port, "/healthz") is not None, seconds=30), (folder / "log").read_text()
        yield port, environment
    finally:
        web.terminate()
        web.wait(20)
        log.close()
        databases.drop(name)


def ask(port, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": "portal.example", **headers})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    except ConnectionError:
        return None
    finally:
        connection.close()


def test_the_image_serves_the_first_page_with_its_style(served):
    port, _ = served
    status, headers, page = ask(port, "/", **{"X-Forwarded-Proto": "https"})
    assert status == 200
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    style = re.search(r'href="(/static/[^"]+\.css)"', page).group(1)
    assert ask(port, style, **{"X-Forwarded-Proto": "https"})[0] == 200


def test_the_image_sends_plain_requests_to_https_and_foreign_names_away(served):
    port, _ = served
    status, headers, _ = ask(port, "/")
    assert (status, headers["Location"]) == (301, "https://portal.example/")
    assert ask(port, "/", Host="elsewhere.example")[0] == 400


def test_the_health_check_tells_a_serving_container_from_a_dead_one(served, image):
    port, environment = served
    check = [sys.executable, image[0] / "docker/healthy.py"]
    dead = environment | {"WEB_BIND": f"0.0.0.0:{free_port()}"}
    codes = [subprocess.run(check, env=env, check=False).returncode for env in (environment, dead)]
    assert codes == [0, 1]
    assert ask(port, "/readyz")[2] == '{"database": "ready", "queue": "absent"}'
