"""AWS with canned answers, each validated against the shape that botocore knows of it. Unknown calls fail."""

from collections.abc import Mapping, Sequence
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse, HTTPHeaders
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator

_session: Any = boto3.Session()  # one, since it caches the models of services
Answer = Mapping[str, Any] | ClientError


class CannedAws:
    """Makes clients; an answer is given as `<service>.<Operation>`. `calls` are the operations that were asked for.

    `regions` are those in which each service was asked.
    """

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self._answers = answers
        self.calls: list[str] = []
        self.regions: dict[str, set[str]] = {}

    def client(self, service: str, *, region_name: str) -> Any:
        self.regions.setdefault(service, set()).add(region_name)
        keys = {"aws_access_key_id": "canned", "aws_secret_access_key": "canned"}
        client = _session.client(service, region_name=region_name, **keys)
        client.meta.events.register("before-call.*.*", self._answer)
        return client

    def _answer(self, *, model: Any, **_: Any) -> tuple[AWSResponse, Mapping[str, Any]]:
        call = f"{model.service_model.service_name}.{model.name}"
        self.calls.append(call)
        answer = self._answers[call]
        if isinstance(answer, ClientError):
            raise answer
        mistakes = ParamValidator().validate(dict(answer), model.output_shape)
        assert not mistakes.has_errors(), mistakes.generate_report()
        return AWSResponse("https://canned", 200, HTTPHeaders(), None), answer


class CannedDns:
    """Knows the records given as (name, kind), and that there are no others; knows nothing where `answers` is None."""

    def __init__(self, answers: Mapping[tuple[str, str], Sequence[str]] | None) -> None:
        self._answers = answers

    def __call__(self, name: str, kind: str) -> Sequence[str] | None:
        return None if self._answers is None else self._answers.get((name, kind), [])


def refused(code: str, message: str = "") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "AnOperation")
