"""A browser that is only fast: signs in through the pages, then asks for one page after another.

It speaks either to the WSGI application in its own process, the whole of it with middleware and
cookies, or to a server over a socket.
"""

import base64
import hmac
import http.client
import io
import re
import sys
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Answer:
    """Status, headers and body of one answer."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        """The page."""
        return self.body.decode()


class InProcess:
    """The WSGI application, called as a server calls it."""

    def __init__(self):
        from django.core.wsgi import get_wsgi_application

        self.application = get_wsgi_application()

    def send(self, method, path, headers, body):
        """One request; its answer."""
        parts, told = urlsplit(path), {}

        def start(status, given, _error=None):
            told["status"], told["headers"] = int(status.split()[0]), given

        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        response = self.application(environ, start)
        try:
            content = b"".join(response)
        finally:
            response.close()
        return Answer(told["status"], told["headers"], content)


class OverSocket:
    """A server at a port of this machine, over one connection that is kept."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("localhost", port, timeout=30)

    def send(self, method, path, headers, body):
        """One request; its answer."""
        self.connection.request(method, path, body=body or None, headers=headers)
        response = self.connection.getresponse()
        return Answer(response.status, response.getheaders(), response.read())


class Browser:
    """Keeps cookies and the token of forms."""

    def __init__(self, way, *, language="th", host="localhost:8000"):
        self.way, self.language, self.host = way, language, host
        self.cookies, self.token = {}, ""

    def get(self, path):
        """A page."""
        return self._ask("GET", path, b"")

    def post(self, path, **fields):
        """A form, with the token of the page before."""
        fields["csrfmiddlewaretoken"] = self.token
        return self._ask("POST", path, urlencode(fields).encode())

    def _ask(self, method, path, body):
        headers = {"Host": self.host, "Accept-Language": self.language}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://{self.host}"
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.way.send(method, path, headers, body)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                self.cookies.update({n: m.value for n, m in SimpleCookie(value).items()})
        return answer

    def read_token(self, answer):
        """Remember the token of a page's form."""
        found = TOKEN.search(answer.text)
        self.token = found[1] if found else self.token

    def sign_in(self, email, passphrase, *, code):
        """Passphrase, then the code from the phone: as the pages ask for it."""
        self.read_token(self.get("/sign/in"))
        self.post("/sign/in", login=email, password=passphrase)
        self.read_token(self.get("/sign/code"))
        answer = self.post("/sign/code", code=code)
        if answer.status != 302 or self.get("/").status != 200:
            sys.exit(f"{email} could not sign in: {answer.status}")


def code_from(seed):
    """What the phone shows (RFC 6238: SHA-1, 30 seconds, six digits)."""
    key = base64.b32decode(seed + "=" * (-len(seed) % 8))
    digest = hmac.digest(key, (int(time.time()) // 30).to_bytes(8), "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF) % 10**6:06d}"
