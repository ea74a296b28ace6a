"""POST .../access/v1/evaluation and /evaluations: who may do what, as AuthZEN 1.0 asks it (rule 32)."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from shared.adapters.dynamodb.record_queries import open_record_queries
from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body
from shared.api.authentication import PersonOrHostCaller
from shared.domain.model import errors
from shared.domain.policy import evaluation
from shared.domain.policy.evaluation import Question, Reason, Resource
from shared.domain.policy.principals import Caller
from shared.views.evaluations import EvaluationOrEvaluationsView, EvaluationsView, EvaluationView

api = Api()
repository = open_repository()
record_queries = open_record_queries()

Text = Annotated[str, Field(min_length=1, max_length=2_000)]
Properties = Annotated[dict[str, Any], Field(max_length=50)]

_NO_PROPERTIES: dict[str, Any] = {}


class Asked(Body):
    """An object of the standard, which wants fields that we do not know to be ignored."""

    model_config = ConfigDict(extra="ignore")


class AskedSubject(Asked):
    """A `user` or an `identity`; of any other type there are no subjects."""

    type: Text
    id: Text
    properties: Properties = _NO_PROPERTIES


class AskedAction(Asked):
    name: Text
    properties: Properties = _NO_PROPERTIES


class ResourceProperties(Asked):
    """`owner_id` is the owner of a record; without it the record is one that is stored."""

    owner_id: str | None = None


class AskedResource(Asked):
    type: Text
    id: Text
    properties: ResourceProperties = ResourceProperties()

    @property
    def resource(self) -> Resource:
        """Return the resource, with its owner if the request names one."""
        return Resource(self.type, self.id, self.properties.owner_id)


class PartialQuestion(Asked):
    """What is left out is the request's."""

    subject: AskedSubject | None = None
    action: AskedAction | None = None
    resource: AskedResource | None = None
    context: Properties = _NO_PROPERTIES


class AskedQuestion(Asked):
    subject: AskedSubject
    action: AskedAction
    resource: AskedResource
    context: Properties = _NO_PROPERTIES

    @property
    def question(self) -> Question:
        """Return the question, without what decides nothing."""
        return Question(self.subject.type, self.subject.id, self.action.name, self.resource.resource)


class EvaluationOptions(Asked):
    evaluations_semantic: Literal["execute_all", "deny_on_first_deny", "permit_on_first_permit"] = "execute_all"

    @property
    def stops_at(self) -> bool | None:
        """Return the decision after which no other is made, if there is one."""
        return {"deny_on_first_deny": False, "permit_on_first_permit": True}.get(self.evaluations_semantic)


class AskedQuestions(PartialQuestion):
    evaluations: Annotated[tuple[PartialQuestion, ...], Field(max_length=100)] = ()
    options: EvaluationOptions = EvaluationOptions()

    def questions(self) -> list[Question]:
        """Return the questions with what they take from the request, which itself asks one if it lists none.

        Raises InvalidRequest for what is missing.
        """
        listed = {f"evaluations.{index}.": part for index, part in enumerate(self.evaluations)} or {"": self}
        parts = [
            {name: getattr(part, name) or getattr(self, name) for name in ("subject", "action", "resource")}
            for part in listed.values()
        ]
        missing = [
            (f"{within}{name}", "This field is needed.")
            for within, part in zip(listed, parts, strict=True)
            for name, value in part.items()
            if value is None
        ]
        if missing:
            raise errors.InvalidRequest(missing)
        return [AskedQuestion.model_validate(part).question for part in parts]


@api.route("POST /v1/accounts/{account_id}/access/v1/evaluation")
def evaluate(reader: PersonOrHostCaller, account_id: str, body: AskedQuestion) -> EvaluationView:
    """Say whether a subject may do something to a resource, and why. People ask about themselves only."""
    [reason] = _answers(reader, account_id, [body.question])
    return EvaluationView.of(reason)


@api.route("POST /v1/accounts/{account_id}/access/v1/evaluations")
def evaluate_many(reader: PersonOrHostCaller, account_id: str, body: AskedQuestions) -> EvaluationOrEvaluationsView:
    """Answer up to 100 questions in order, until the first denial or permission where `options` say so.

    Without `evaluations` the request is one question, as for `/evaluation`.
    """
    reasons = _answers(reader, account_id, body.questions(), stops_at=body.options.stops_at)
    views = [EvaluationView.of(reason) for reason in reasons]
    return EvaluationOrEvaluationsView(EvaluationsView(evaluations=views) if body.evaluations else views[0])


def _answers(
    reader: Caller, account_id: str, questions: list[Question], *, stops_at: bool | None = None
) -> list[Reason]:
    stored = record_queries.stored(account_id, evaluation.keys_without_owner(questions))
    questions = evaluation.with_owners(questions, stored)
    snapshot = repository.load(
        account_id,
        reader,
        others=[user_id for question in questions for user_id in question.user_ids],
        identity_ids=[question.subject_id for question in questions if question.subject_type == "identity"],
    )
    return evaluation.answer(snapshot, questions, stops_at=stops_at)


lambda_handler = api.handler
