"""How every web process is served: one process with threads; more of them are more containers (or `make scale`)."""

import gc
from pathlib import Path

from shared import processes
from shared.settings import Settings

_settings = Settings.from_env()

bind = _settings.bind
workers = 1
worker_class = "gthread"
threads = _settings.web_threads
# What was imported once is shared by the process that serves and the one that watches over it.
preload_app = True
# Clients are told to reuse connections; a proxy in front must give up on an idle one first.
keepalive = 30
timeout = 30
graceful_timeout = 8
# Its default is one path for the whole user, which every service would claim.
control_socket_disable = True
# The heartbeat file is touched each second; on a disk that stalls, the master would kill a healthy worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
accesslog = None
errorlog = "-"


def pre_fork(_server, _worker):
    """Leave alone from now on what is shared: a collector that looks at an object makes a copy of its page."""
    gc.collect()
    gc.freeze()


def post_worker_init(worker):
    """Begin what the application does by itself and tell that it serves; after the fork, which no thread survives."""
    told = worker.wsgi.extensions.get("lintel")
    if told is None:  # a rival that the bench serves in the same way
        return
    if "begin" in told:
        told["begin"]()
    worker.leave = processes.announce_web(told["db"], told["service"], told.get("kind", "web"))


def worker_exit(_server, worker):
    """Be gone at once from the list of those that serve."""
    if hasattr(worker, "leave"):
        worker.leave()
