"""An organisation's sign-in page, as far as the wire goes: OpenID Connect on a port of this machine."""

import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


class IdentityProvider:
    """Agrees to everything, and says of whoever comes what `claims` says; what it is told to forge, it forges."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.claims = {"sub": "subject-1", "tid": "northgate", "email": "somebody@northgate.example"}
        self.client_id, self.secret = "the-portal", secrets.token_hex(8)
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._codes = {}

    def settings(self) -> dict:
        """Returns what OIDC_PROVIDERS would say of it."""
        return {
            "id": "northgate",
            "name": "Northgate Primary",
            "issuer": self.issuer,
            "client_id": self.client_id,
            "secret": self.secret,
            "tenant_claim": "tid",
            "tenants": ["northgate"],
        }

    def configuration(self) -> dict:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def agree(self, address: str) -> str:
        """Returns where a browser is sent back to after its person agreed to the authorization at `address`."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_hex(8)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, posted: dict) -> dict | None:
        """Returns the tokens for a code, once, to who holds the secret; else None."""
        if posted.get("client_secret") != self.secret or self._codes.pop(posted.get("code"), None) is None:
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.client_id, "iat": now, "exp": now + 300, **self.claims}
        return {
            "access_token": secrets.token_hex(8),
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": "1"}),
        }


def _handler(provider: IdentityProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200 if "openid-configuration" in self.path else 404, provider.configuration())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            tokens = provider.token({name: values[0] for name, values in parse_qs(body).items()})
            self._answer(200 if tokens else 400, tokens or {"error": "invalid_grant"})

        def _answer(self, status: int, said: dict) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    return Handler


@contextmanager
def running():
    """Runs a provider, and ends it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    provider = IdentityProvider(server.server_port)
    server.RequestHandlerClass = _handler(provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    server.server_close()
    thread.join()
