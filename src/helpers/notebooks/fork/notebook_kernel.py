"""The kernel of a notebook's process: ipykernel's own, without its sockets and threads."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.paths import get_ipython_dir
from traitlets.config import Config

from helpers.notebooks.fork.pipe_session import PipeSession
from helpers.system.control.import_stubs import import_without


def prepared_kernel() -> Any:
    """The kernel with its shell, created at the first call, which takes longer than most cells.

    The fork server creates it before it forks, and runs nothing in it.
    """
    if not IPythonKernel.initialized():
        # debugpy writes warnings to stderr, and nobody can connect to the debugger.
        import_without("debugpy", module="ipykernel.debugger")
        application = IPKernelApp.instance()  # `%matplotlib inline` asks it for the kernel
        kernel: Any = IPythonKernel.instance(
            parent=application,
            config=Config({"HistoryManager": {"enabled": False}}),  # no files
            session=PipeSession(),
            log=logging.getLogger("ipykernel"),
            shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread()),
        )
        application.kernel = kernel
        kernel.shell.extension_manager.load_extension("storemagic")  # as the kernel's application
    return IPythonKernel.instance()


def follow_environment(kernel: Any) -> None:
    """Let the shell take folder and environment of this process, which it did not begin with."""
    shell = kernel.shell
    shell.history_manager.dir_hist[:] = [Path.cwd()]
    shell.init_environment()
    if os.path.realpath(get_ipython_dir()) != os.path.realpath(shell.ipython_dir):
        shell.ipython_dir = get_ipython_dir()
        shell.init_profile_dir(None)


def clear_session(shell: Any) -> None:
    """Remove all names and outputs of a notebook, so that the shell is as it began."""
    shell.reset()
    for kept in ("_i00", "_i", "_ii", "_iii"):  # the last cells, which `reset` keeps
        setattr(shell.history_manager, kept, "")
    shell.user_ns.update(dict.fromkeys(("_", "__", "___"), ""))  # it leaves them out


async def run_cell(kernel: Any, source: str, number: int) -> dict[str, Any]:
    """Run one cell as a kernel does, and return its execute_reply.

    `exits` says that the cell has called exit().
    """
    header = {"msg_id": f"cell-{number}", "msg_type": "execute_request"}
    kernel.set_parent(None, {"header": header})
    kernel.session.send(None, "execute_input", {"execution_count": kernel.execution_count})
    reply: dict[str, Any] = await kernel.do_execute(source, silent=False)
    wanted = ("status", "ename", "evalue", "traceback")
    return {key: reply[key] for key in wanted if key in reply} | {"exits": kernel.shell.exit_now}


def update_widget(kernel: Any, content: dict[str, Any]) -> None:
    """Tell an Output widget what it shows, which otherwise a front end does."""
    kernel.shell_handlers["comm_msg"](None, None, {"content": content, "buffers": []})
