"""An entry of the registry of partners."""

from shared.domain.model.partners import Certification
from shared.domain.model.values import Moment
from shared.views.view import View


class PartnerView(View):
    """A certified partner; `withdrawn_at` is null while the certification is in force."""

    email: str
    partner_type: str
    first_name: str
    last_name: str
    certified_at: Moment
    withdrawn_at: Moment | None

    @classmethod
    def of(cls, email: str, certification: Certification) -> "PartnerView":
        """Return the entry of an address."""
        return cls(email=email, **certification.model_dump(exclude={"version"}))
