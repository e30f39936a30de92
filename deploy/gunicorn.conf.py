"""How every web process is served: one process with threads; more of them are more containers (or `make scale`)."""

from pathlib import Path

from shared.running.settings import Settings

_settings = Settings.from_env()

bind = _settings.bind
workers = 1
worker_class = "gthread"
threads = _settings.web_threads
# Not preloaded: counting references copies most of what a fork shares, and who only watches stays small without.
preload_app = False
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
    """Begin what the application does by itself and tell that it serves; after the fork, which no thread survives."""
    from shared.running import processes  # here, so that who only watches never imports MongoDB's client
    from shared.running.memory import settle

    told = worker.wsgi.extensions.get("lintel")
    if told is None:  # a rival that the bench serves in the same way
        return
    if "begin" in told:
        told["begin"]()
    settle()
    worker.leave = processes.announce_web(told["db"], told["service"], told.get("kind", "web"))


def worker_exit(_server, worker):
    """Be gone at once from the list of those that serve."""
    if hasattr(worker, "leave"):
        worker.leave()
