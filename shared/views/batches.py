"""What became of the rows of a request that invites many people."""

from collections.abc import Iterable
from typing import Literal

from shared.domain.commands.batch import Verdict
from shared.domain.policy.snapshot import Snapshot
from shared.views.users import UserView
from shared.views.view import View


class FieldErrorView(View):
    field: str
    message: str


class BatchResultView(View):
    """`email` is in canonical form if it is an address; `code`, `detail`, `errors` and `user_id` are of a refusal."""

    index: int
    email: str | None
    outcome: Literal["invited", "refused", "ok"]
    code: str | None
    detail: str | None
    errors: list[FieldErrorView]
    user_id: str | None
    user: UserView | None

    @classmethod
    def of(
        cls, index: int, verdict: Verdict, *, email: str | None, code: str | None, seen_by: Snapshot
    ) -> "BatchResultView":
        """Return the verdict on one row; `code` is that of its refusal."""
        refusal, user = verdict.refusal, verdict.user
        details = refusal.details if refusal else {}
        return cls.model_validate(
            {
                "index": index,
                "email": email,
                "outcome": "refused" if refusal else "invited" if user else "ok",
                "code": code,
                "detail": str(refusal) if refusal else None,
                "errors": details.get("errors", []),
                "user_id": details.get("user_id"),
                "user": UserView.of(user, seen_by=seen_by) if user else None,
            }
        )


class BatchView(View):
    results: list[BatchResultView]

    @classmethod
    def of(
        cls,
        verdicts: Iterable[Verdict],
        *,
        emails: Iterable[str | None],
        codes: Iterable[str | None],
        seen_by: Snapshot,
    ) -> "BatchView":
        """Return one result for each row, in the order of the request."""
        rows = enumerate(zip(verdicts, emails, codes, strict=True))
        return cls(
            results=[
                BatchResultView.of(index, verdict, email=email, code=code, seen_by=seen_by)
                for index, (verdict, email, code) in rows
            ]
        )
