"""/v1/operator/partners/{email}: staff keep the registry of certified partners."""

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body
from shared.api.authentication import OperatorCaller
from shared.domain.commands import partners
from shared.domain.model.fields import Name
from shared.domain.model.names import require_not_posing_as_product
from shared.domain.model.partner_types import PartnerType
from shared.domain.model.partners import require_in_force
from shared.settings import settings
from shared.views.partners import PartnerView

api = Api()
repository = open_repository()

_PRODUCT_NAME = settings().product_name


class NewPartner(Body):
    partner_type: PartnerType
    first_name: Name
    last_name: Name

    def entry(self) -> dict[str, str]:
        """Return the entry of the registry; raises InvalidRequest for a name that poses as the product."""
        require_not_posing_as_product(self.first_name, self.last_name, product_name=_PRODUCT_NAME)
        return self.model_dump()


@api.route("GET /v1/operator/partners/{email}")
def get_partner(operator: OperatorCaller, email: str) -> PartnerView:
    """Return the certification of an address; raises NotFound unless one is in force."""
    partner = repository.load_partner(operator, email)
    return PartnerView.of(email, require_in_force(partner.certification))


@api.route("PUT /v1/operator/partners/{email}")
def certify_partner(operator: OperatorCaller, email: str, body: NewPartner) -> PartnerView:
    """Certify a partner, or change type or names; an address needs no ID to be certified."""
    entry = body.entry()
    partner = repository.load_partner(operator, email)
    certification, changes = partners.certify(partner, **entry)
    return repository.commit(changes, partner.basis, answer=PartnerView.of(email, certification))


@api.route("DELETE /v1/operator/partners/{email}")
def withdraw_certification(operator: OperatorCaller, email: str) -> PartnerView:
    """Withdraw a certification: pending links refuse, active partners stay, administrators get an email."""
    partner = repository.load_partner(operator, email)
    certification, changes = partners.withdraw(partner)
    return repository.commit(changes, partner.basis, answer=PartnerView.of(email, certification))


lambda_handler = api.handler
