"""How every web process is served: one process with threads; more of them are more containers (or `make scale`)."""

from pathlib import Path

from shared import processes
from shared.settings import Settings

_settings = Settings.from_env()

bind = _settings.bind
workers = 1
worker_class = "gthread"
threads = _settings.web_threads
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


def post_worker_init(worker):
    """Tell that this process serves; after the fork, since threads do not survive one."""
    told = worker.wsgi.extensions["lintel"]
    worker.leave = processes.announce_web(told["db"], told["service"], told.get("kind", "web"))


def worker_exit(_server, worker):
    """Be gone at once from the list of those that serve."""
    if hasattr(worker, "leave"):
        worker.leave()
