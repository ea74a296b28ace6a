"""The API as clients call it, through the console's origin; and Cognito's public API as browsers call it."""

import http.client
import json
import uuid
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from tests.invoke import Answer
from tests.journeys.stack import LocalStack

TIMEOUT_SECONDS = 40


class ApiClient:
    """Speaks plain HTTP. Every answer is returned as it came."""

    def __init__(self, stack: LocalStack) -> None:
        self._stack = stack

    def request(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        query: dict[str, str] | None = None,
        key: str = "",
    ) -> Answer:
        """One request to our API; each POST has an Idempotency-Key, a new one unless one is given."""
        headers = {"Content-Type": "application/json"}
        if method == "POST":
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        path = quote(path) + (f"?{urlencode(query)}" if query else "")
        return _send(method, self._stack.console_url, path, headers, None if body is None else json.dumps(body))

    def get(self, path: str, *, token: str | None = None, **query: str) -> Answer:
        return self.request("GET", path, token=token, query=query)

    def post(self, path: str, body: object, *, token: str | None = None, key: str = "") -> Answer:
        return self.request("POST", path, body, token=token, key=key)

    def cognito(self, action: str, **parameters: Any) -> Answer:
        """One unsigned request to the user pool, as anyone may send it."""
        headers = {
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"AWSCognitoIdentityProviderService.{action}",
        }
        endpoint: str = self._stack.told["aws_endpoint_url"]
        return _send("POST", endpoint, "/", headers, json.dumps(parameters))

    def sign_in(self, address: str, password: str) -> dict[str, Any]:
        """The tokens, as Cognito names them; fails if the password is refused."""
        answer = self.try_sign_in(address, password)
        assert answer.status == 200, answer.text
        tokens: dict[str, Any] = answer.body["AuthenticationResult"]
        return tokens

    def try_sign_in(self, address: str, password: str) -> Answer:
        return self.cognito(
            "InitiateAuth",
            ClientId=self.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": address, "PASSWORD": password},
        )

    @property
    def client_id(self) -> str:
        return str(self._stack.told["user_pool_client_id"])


def _send(method: str, origin: str, path: str, headers: dict[str, str], body: str | None) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=TIMEOUT_SECONDS)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return Answer(
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            answer.read().decode(),
        )
    finally:
        connection.close()
