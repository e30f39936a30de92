"""`make run`: everything on one machine, in order, until Ctrl-C."""

from __future__ import annotations

import asyncio
import dataclasses
import fcntl
import json
import os
import shlex
import signal
import time
from collections.abc import Callable
from typing import IO

from deploy.local import environment, install, plan, welcome
from deploy.local.checkout import Checkout, write_secretly
from deploy.local.complaint import Complaint
from deploy.local.processes import leftovers, ready
from deploy.local.processes.control import Door
from deploy.local.processes.process import Program
from deploy.local.processes.supervisor import Supervisor
from deploy.local.servers import mongod, rabbitmq
from deploy.local.servers.ports import Reservation, is_free
from shared.running.services import PORTS, SERVICES

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
READY_SECONDS = 120.0


def run(checkout: Checkout, with_demo: bool = True) -> None:
    """Run everything until a signal; raises Complaint when something cannot start (after stopping the rest)."""
    checkout.prepare()
    os.chdir(checkout.root)
    with checkout.lock.open("w") as lock:
        _take(lock, checkout)
        checkout.demo_env.unlink(missing_ok=True)
        if ended := leftovers.end(checkout):
            print(f"Ended {ended} processes that an earlier run had left behind.")
        checkout.turn_logs()
        try:
            asyncio.run(_until_stopped(checkout, with_demo))
        finally:
            checkout.demo_env.unlink(missing_ok=True)
            checkout.run.unlink(missing_ok=True)


def _take(lock: IO[str], checkout: Checkout) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        first = leftovers.launcher(checkout)
        who = f" (process {first.pid})" if first else ""
        raise Complaint(f"Lintel already runs in this checkout{who}; `make down` ends it.") from None


async def _until_stopped(checkout: Checkout, with_demo: bool) -> None:
    register = leftovers.Register(checkout.run)
    register.add("launcher", os.getpid())
    supervisor = Supervisor(checkout.endpoint, register.add)
    door = Door(checkout.door, checkout.secret("CONTROL_KEY"), supervisor.wanted, supervisor.keep)
    stopped = asyncio.Event()
    for number in STOP_SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await door.open()
    launch = asyncio.ensure_future(_Launch(checkout, supervisor, with_demo).start())
    waiting = asyncio.ensure_future(stopped.wait())
    try:
        await asyncio.wait({launch, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if launch.done():
            launch.result()
        await waiting
    finally:
        launch.cancel()
        await asyncio.gather(launch, return_exceptions=True)
        print("\nStopping ...", flush=True)
        await door.close()
        await supervisor.stop()
        print("Stopped.")


class _Launch:
    """One start, step by step."""

    def __init__(self, checkout: Checkout, supervisor: Supervisor, with_demo: bool) -> None:
        self.checkout = checkout
        self.with_demo = with_demo
        self.supervisor = supervisor
        self.began = time.monotonic()
        self.reservation = Reservation()

    async def start(self) -> None:
        """Servers, setups, web, workers and the stream, demo data, demo.env, in this order."""
        await self.supervisor.open()
        place = await self._servers()
        await asyncio.gather(*(self._once(plan.program(place, service, "setup")) for service in SERVICES))
        self._tell("databases, exchanges and queues are set up")
        for kind in plan.KINDS:
            await self.supervisor.start([plan.program(place, service, kind) for service in SERVICES])
        await self.supervisor.start([plan.program(place, *plan.STREAM)])
        await ready.wait({service: place.url(service) for service in SERVICES}, READY_SECONDS)
        self._tell("every service is ready")
        told = welcome.addresses(place) | (await self._accounts(place) if self.with_demo else {})
        write_secretly(self.checkout.demo_env, "".join(f"{name}={shlex.quote(told[name])}\n" for name in told))
        print(welcome.text(told, self.checkout), flush=True)

    async def _accounts(self, place: plan.Place) -> dict[str, str]:
        accounts = welcome.accounts(json.loads(await self._once(plan.demo(place, "seed"))))
        self._tell("demo data is in")
        return accounts

    async def _servers(self) -> plan.Place:
        """MongoDB, RabbitMQ and the mail catcher; those named in MONGO_URL and AMQP_URL are used as they are."""
        port = self.reservation.preferred
        node = rabbitmq.Node(
            self.checkout.local,
            port=port(plan.AMQP_PORT),
            dist_port=port(plan.DIST_PORT),
            epmd_port=port(plan.EPMD_PORT),
            password=self.checkout.secret("RABBITMQ_PASSWORD"),
        )
        mongo_port = port(plan.MONGO_PORT)
        place = plan.Place(
            self.checkout,
            mongo_url=environment.given("MONGO_URL") or mongod.url(mongo_port),
            amqp_url=environment.given("AMQP_URL") or node.url(),
            ports={service: port(wanted) for service, wanted in PORTS.items()},
            mail_port=port(plan.MAIL_PORT),
            stream_port=port(plan.STREAM_PORT),
        )
        # Started in this order, stopped in the reverse of it.
        if not environment.given("MONGO_URL"):
            mongo = self._marked(mongod.program(self.checkout.local, mongo_port))
            await self.supervisor.start([mongo])
        if not environment.given("AMQP_URL"):
            broker = self._marked(rabbitmq.program(node, install.rabbitmq_server()))
            names = self._marked(rabbitmq.epmd(node))
            await self.supervisor.start([names])
            await self._await(names, lambda: not is_free(node.epmd_port), 10)
            await self.supervisor.start([broker])
        await self.supervisor.start([plan.mail_catcher(place)])
        if not environment.given("MONGO_URL"):
            await self._await(mongo, lambda: mongod.is_primary(mongo_port), 30)
        if not environment.given("AMQP_URL"):
            await self._await(broker, lambda: rabbitmq.is_ready(node), 90)
        return place

    def _marked(self, program: Program) -> Program:
        return dataclasses.replace(program, env={**program.env, "LINTEL_CHECKOUT": str(self.checkout.root)})

    async def _await(self, program: Program, is_ready: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not await asyncio.to_thread(is_ready):
            if time.monotonic() > deadline:
                raise Complaint(f"{program.name} was not ready within {seconds:.0f} s:\n{program.last_words()}")
            await asyncio.sleep(0.1)
        self._tell(f"{program.name} serves")

    async def _once(self, program: Program) -> str:
        """Run a command to its end and return its output; raises Complaint with the end of its log if it fails."""
        with program.log.open("ab") as log:
            child = await asyncio.create_subprocess_exec(
                *program.leash("-"),
                env=dict(program.env),
                cwd=program.cwd,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
            said, _ = await child.communicate()
        if child.returncode:
            raise Complaint(f"{program.name} failed:\n{program.last_words(40)}")
        return said.decode()

    def _tell(self, what: str) -> None:
        print(f"{time.monotonic() - self.began:5.1f} s  {what}", flush=True)
