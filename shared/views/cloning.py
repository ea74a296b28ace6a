"""What became of a cloning of permissions."""

from collections.abc import Iterable
from typing import Literal

from shared.domain.commands.cloning import CloneResult, SkipReason
from shared.views.view import View


class CloneResultView(View):
    """`code` says why a user was skipped."""

    user_id: str
    outcome: Literal["changed", "unchanged", "skipped"]
    code: SkipReason | None


class CloneView(View):
    results: list[CloneResultView]

    @classmethod
    def of(cls, results: Iterable[CloneResult]) -> "CloneView":
        """Return one result for each user, in the order of the request."""
        return cls(results=[CloneResultView.model_validate(result) for result in results])
