"""The launcher's commands: `python -m deploy.local run | down | doctor | scale`."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Annotated

import typer

from deploy.local import doctor, install, launch, plan
from deploy.local.checkout import Checkout
from deploy.local.complaint import Complaint
from deploy.local.processes import leftovers, supervisor
from deploy.local.servers import mongod
from shared.running.services import SERVICES

SECONDS_TO_STOP = 25.0
commands = typer.Typer(add_completion=False, help="Lintel on one machine, without containers.")


@commands.command()
def run(empty: Annotated[bool, typer.Option("--empty", help="Leave the demo data out.")] = False) -> None:
    """Start everything, stay, and stop everything on Ctrl-C."""
    launch.run(Checkout(plan.root()), with_demo=not empty)


@commands.command()
def down() -> None:
    """Stop everything that runs from this checkout, with or without its launcher."""
    checkout = Checkout(plan.root())
    if launcher := leftovers.launcher(checkout):
        launcher.terminate()
        if leftovers.wait([launcher], SECONDS_TO_STOP):
            launcher.kill()
        print("Stopped.")
    ended = leftovers.end(checkout)
    print(f"Ended {ended} processes that were left over." if ended else "Nothing is left running.")


@commands.command()
def scale(service: Annotated[str, typer.Argument()], count: Annotated[int, typer.Argument(min=0, max=32)]) -> None:
    """Set the number of worker processes of one service while everything runs."""
    _known(service)
    checkout = Checkout(plan.root())
    if not leftovers.launcher(checkout):
        raise Complaint("Nothing runs here: `make run` first.")
    supervisor.scale(checkout.endpoint, f"{service}-worker", count)
    running = _settle(checkout, f"{service}-worker", count)
    print(f"{service}-worker: {running} running, {count} wanted.")


@commands.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def service(context: typer.Context, name: Annotated[str, typer.Argument()]) -> None:
    """Run one of a service's own commands against the running services, for example `service leads dead list`."""
    _known(name)
    raise typer.Exit(_tell(f"{name}-web", f"services.{name}", context.args))


@commands.command(name="demo-remove")
def _demo_remove() -> None:
    """Remove the demo data from the running services."""
    raise typer.Exit(_tell("gateway-web", "deploy.local.demo", ["remove"]))


@commands.command(name="install")
def _install() -> None:
    """Install RabbitMQ where it is absent, and check that there is a mongod."""
    install.rabbitmq_server()
    mongod.find()


@commands.command(name="install-browser")
def _install_browser() -> None:
    """Install the browser that the tests drive, where it is absent."""
    install.chromium()


@commands.command(name="doctor")
def _doctor() -> None:
    """Report what is installed, what runs, response times and memory; exit code 1 when something is wrong."""
    raise typer.Exit(doctor.report(Checkout(plan.root())))


def _settle(checkout: Checkout, program: str, count: int) -> int:
    """Wait for a while until this many processes run; returns how many do."""
    deadline = time.monotonic() + SECONDS_TO_STOP
    while (running := leftovers.programs(checkout).get(program, 0)) != count and time.monotonic() < deadline:
        time.sleep(supervisor.CHECK_SECONDS)
    return running


def _known(service: str) -> None:
    if service not in SERVICES:
        raise Complaint(f"SERVICE: {service!r} is none of {', '.join(SERVICES)}.")


def _tell(program: str, module: str, words: list[str]) -> int:
    """Run a module with the variables of a running program; returns its exit code."""
    told = leftovers.variables(Checkout(plan.root()), program)
    if not told:
        raise Complaint("Nothing runs here: `make run` first.")
    return subprocess.run([sys.executable, "-m", module, *words], env=told, cwd=plan.root(), check=False).returncode


if __name__ == "__main__":
    commands()
