"""RabbitMQ is installed where it is absent, and no system service starts meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.local import install
from deploy.local.complaint import Complaint
from deploy.local.servers import rabbitmq

# Notes what it was asked and whether services were forbidden to start, and puts the server's script in place.
APT = """#!/bin/sh
echo "$@ policy=$(cat {policy} 2>/dev/null | tail -1)" >> {said}
[ "$1" = update ] || {{ mkdir -p {folder}; echo '#!/bin/sh' > {script}; chmod +x {script}; }}
exit {code}
"""


class Machine:
    """A machine with an apt-get of the test's own, and without RabbitMQ."""

    def __init__(self, folder: Path) -> None:
        self.said, self.policy = folder / "said", folder / "policy-rc.d"
        self.script = folder / "rabbitmq" / "rabbitmq-server"
        self.bin = folder / "bin"
        self.bin.mkdir()

    def add_apt(self, code: int = 0) -> None:
        text = APT.format(policy=self.policy, said=self.said, folder=self.script.parent, script=self.script, code=code)
        (self.bin / "apt-get").write_text(text)
        (self.bin / "apt-get").chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    found = Machine(tmp_path)
    monkeypatch.delenv("RABBITMQ_SERVER_BIN", raising=False)
    monkeypatch.setenv("PATH", f"{found.bin}:/usr/bin:/bin")
    monkeypatch.setattr(rabbitmq, "PACKAGED", found.script)
    monkeypatch.setattr(install, "POLICY", found.policy)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    # The real one must not be found, whatever this machine has.
    real = install.shutil.which
    monkeypatch.setattr("shutil.which", lambda name: None if name == "rabbitmq-server" else own(real, found, name))
    return found


def own(real: Callable[[str], str | None], machine: Machine, name: str) -> str | None:
    """apt-get is the test's own or none; all else is the machine's."""
    if name != "apt-get":
        return real(name)
    return str(machine.bin / name) if (machine.bin / name).exists() else None


def test_it_is_installed_while_services_may_not_start(machine: Machine) -> None:
    machine.add_apt()
    assert install.rabbitmq_server() == machine.script
    assert machine.said.read_text().splitlines() == [
        "update policy=exit 101",
        "install -y --no-install-recommends rabbitmq-server policy=exit 101",
    ]
    assert not machine.policy.exists()


def test_a_policy_that_is_there_stays_as_it_is(machine: Machine) -> None:
    machine.add_apt()
    machine.policy.write_text("#!/bin/sh\nexit 0\n")
    install.rabbitmq_server()
    assert machine.policy.read_text() == "#!/bin/sh\nexit 0\n"


def test_a_failed_installation_is_told_and_the_policy_removed(machine: Machine) -> None:
    machine.add_apt(code=100)
    with pytest.raises(Complaint, match="exit code 100"):
        install.rabbitmq_server()
    assert not machine.policy.exists()


def test_without_a_package_manager_one_sentence_names_the_other_way(machine: Machine) -> None:
    with pytest.raises(Complaint, match="docker compose up"):
        install.rabbitmq_server()


def test_without_root_and_sudo_one_sentence_names_the_other_way(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.add_apt()
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(install, "_root_prefix", lambda: None)
    with pytest.raises(Complaint, match="docker compose up"):
        install.rabbitmq_server()
    assert not machine.said.exists()


def test_what_is_there_is_used(machine: Machine) -> None:
    machine.script.parent.mkdir()
    machine.script.write_text("#!/bin/sh\n")
    machine.script.chmod(0o755)
    assert install.rabbitmq_server() == machine.script
    assert not machine.said.exists()
