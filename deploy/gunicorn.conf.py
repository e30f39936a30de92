"""How every web process is served: one process with threads; to scale, run more containers (or `make scale`)."""

from pathlib import Path

from shared.running.settings import Settings

_settings = Settings.from_env()

bind = _settings.bind
workers = 1
worker_class = "gthread"
threads = _settings.web_threads
# Not preloaded: reference counts copy most pages that a fork shares, and without it the master stays small.
preload_app = False
# Clients reuse connections; a proxy in front must close an idle one first.
keepalive = 30
timeout = 30
graceful_timeout = 8
# The default is one path a user, which all services would share.
control_socket_disable = True
# The heartbeat file is touched each second; on a disk that stalls, the master would kill a healthy worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
accesslog = None
errorlog = "-"


def post_worker_init(worker):
    """Start the application's threads and report the process; after the fork, which no thread survives."""
    from shared.running import processes  # imported here, so that the master never imports MongoDB's client
    from shared.running.memory import settle

    told = worker.wsgi.extensions.get("lintel")
    if told is None:  # another application that the benchmark serves in the same way
        return
    if "begin" in told:
        told["begin"]()
    settle()
    worker.leave = processes.announce_web(told["db"], told["service"], told.get("kind", "web"))


def worker_exit(_server, worker):
    """Remove this process from the list of live ones at once."""
    if hasattr(worker, "leave"):
        worker.leave()
