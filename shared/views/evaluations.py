"""Decisions, as the AuthZEN Authorization API 1.0 shows them."""

from pydantic import RootModel

from shared.domain.policy.evaluation import ALLOWED, Reason
from shared.views.view import View


class DecisionContext(View):
    """Why, or why not."""

    reason: Reason


class EvaluationView(View):
    decision: bool
    context: DecisionContext

    @classmethod
    def of(cls, reason: Reason) -> "EvaluationView":
        """Return the view of one decision."""
        return cls(decision=reason in ALLOWED, context=DecisionContext(reason=reason))


class EvaluationsView(View):
    """In the order of the request; fewer if the first denial, or the first permission, was to end it."""

    evaluations: list[EvaluationView]


class EvaluationOrEvaluationsView(RootModel[EvaluationsView | EvaluationView]):
    """Decisions; a request without a list of questions asks one, and gets its decision alone."""
