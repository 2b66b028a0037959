"""gunicorn's worker, which closes its door when it is asked to stop; loaded by config/gunicorn.py."""

from gunicorn.workers.gthread import ThreadWorker


class Worker(ThreadWorker):  # type: ignore[misc]
    """Threads. gunicorn's own stops answering new connections and lets them wait until its last request is done, then drops them."""

    def set_accept_enabled(self, enabled: bool) -> None:
        """Asked to stop, it takes no connection: the proxy sees at once that nobody is there, and says so."""
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                listener.close()
