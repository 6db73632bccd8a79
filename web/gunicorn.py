"""Settings of gunicorn: `gunicorn --config python:web.gunicorn 'run:application()'`. Its lines join ours as JSON."""

from typing import Any

from gunicorn import glogging

from engine import log_everything

bind = "127.0.0.1:8000"
threads = 8
worker_class = "gthread"
timeout = 60
graceful_timeout = 10


class Logger(glogging.Logger):  # type: ignore[misc]
    """Leaves writing to the log that everything of ours goes to."""

    def setup(self, cfg: Any) -> None:
        """Let the root of all loggers write."""
        super().setup(cfg)
        log_everything()
        self.error_log.handlers[:], self.error_log.propagate = [], True
        self.access_log.handlers[:], self.access_log.propagate = [], False


logger_class = Logger
