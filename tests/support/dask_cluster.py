"""A scheduler of Dask on loopback with two workers of one thread, in a project's folder."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from support.waiting import wait_until


@dataclass
class Cluster:
    """The scheduler's address, and its workers; `add_worker` starts another."""

    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self) -> None:
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
        self.workers.append(_start("dask_worker", self.address, *options))

    def registered(self) -> int:
        """How many workers the scheduler has had, those that are lost too."""
        return Path("dask_worker.log").read_text(encoding="utf-8").count("Registered to")


@contextmanager
def dask_cluster(project: Path) -> Iterator[Cluster]:
    """Yield a cluster, and end its processes."""
    about = project / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"]
    scheduler = _start("dask_scheduler", *options, "--scheduler-file", str(about))
    cluster = Cluster("")
    try:
        # The scheduler creates the file before it writes into it.
        assert wait_until(lambda: about.exists() and about.read_bytes().rstrip().endswith(b"}"))
        cluster.address = json.loads(about.read_text(encoding="utf-8"))["address"]
        for _ in range(2):
            cluster.add_worker()
        yield cluster
    finally:
        for process in (scheduler, *cluster.workers):
            process.kill()
            process.wait()


def _start(module: str, *options: str) -> subprocess.Popen[bytes]:
    """One of Dask's two programs, with its log in a file beside."""
    with Path(f"{module}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *options], stdout=log, stderr=log
        )
