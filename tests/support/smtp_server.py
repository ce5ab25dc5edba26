"""An SMTP server to be run in a process of its own: TLS, AUTH, and faults on demand.

`python mail_server.py FOLDER CERTIFICATE starttls` (or `smtps`, which has TLS from the start)
listens on a free port of 127.0.0.1 and prints it. Mails taken are FOLDER/1.eml, 2.eml …;
FOLDER/faults.json is read anew at every step:

- `rcpt`: replies by address, in place of 250
- `drop`: `data` (breaks off before the mail comes) or `answer` (takes it, and breaks off)
- `hold`: seconds to wait with the answer to a mail that it has taken
- `greeting`: `421` turns every client away
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
from pathlib import Path
from typing import Any, AnyStr

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER = "utskick"
PASSWORD = "hemligt/losen?+=7"


class Server(SMTP):
    def __init__(self, folder: Path, starttls: ssl.SSLContext | None) -> None:
        self.folder = folder
        # What has TLS from the start knows nothing of it: to it the connection is a plain one.
        super().__init__(
            self,
            tls_context=starttls,
            require_starttls=starttls is not None,
            auth_require_tls=starttls is not None,
            auth_required=True,
            authenticator=self.check,
            hostname="mail.invalid",
        )

    def faults(self) -> dict[str, Any]:
        path = self.folder / "faults.json"
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}

    def check(
        self, _server: object, _session: object, _envelope: object, _how: str, given: object
    ) -> AuthResult:
        right = isinstance(given, LoginPassword) and given == LoginPassword(
            USER.encode(), PASSWORD.encode()
        )
        with (self.folder / "logins").open("a", encoding="utf-8") as log:
            log.write("right\n" if right else "wrong\n")
        # What a careless server might say: the password itself.
        said = f"535 5.7.8 No {PASSWORD} of {USER}" if not right else None
        return AuthResult(success=right, handled=False, message=said)

    def _break_off(self) -> None:
        assert isinstance(self.transport, asyncio.WriteTransport)
        self.transport.abort()

    async def push(self, status: AnyStr) -> None:
        if self.faults().get("greeting") == "421" and str(status).startswith("220 mail.invalid"):
            await super().push(f"421 Too busy for {USER} {PASSWORD}")
        else:
            await super().push(status)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.faults().get("drop") == "data":
            self._break_off()
            return
        await super().smtp_DATA(arg)

    async def handle_RCPT(  # noqa: N802
        self, _server: object, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        reply = str(self.faults().get("rcpt", {}).get(address, "250 OK"))
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, _server: object, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        number = len(list(self.folder.glob("*.eml"))) + 1
        (self.folder / f"{number}.eml").write_bytes(envelope.original_content or b"")
        to = {"from": envelope.mail_from, "to": envelope.rcpt_tos}
        (self.folder / f"{number}.json").write_text(json.dumps(to), encoding="utf-8")
        await asyncio.sleep(float(self.faults().get("hold", 0)))
        if self.faults().get("drop") == "answer":
            self._break_off()
        return "250 Taken"


async def serve(folder: Path, certificate: Path, how: str) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    asked, start = (context, None) if how == "starttls" else (None, context)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Server(folder, asked), "127.0.0.1", 0, ssl=start)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
