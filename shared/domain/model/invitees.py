"""People who are to be invited (rule 2)."""

from datetime import datetime

from shared.domain.model.fields import Phone
from shared.domain.model.users import Kind, Locale
from shared.domain.model.values import Model


class Invitee(Model):
    """Who is to be invited, as what, and who else gets an email."""

    email: str
    kind: Kind = "user"
    first_name: str = ""  # A partner's names are those of the registry.
    last_name: str | None = None
    phone: Phone | None = None
    locale: Locale | None = None
    admin: bool = False
    groups: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    reference: str | None = None
    access_until: datetime | None = None
    return_path: str | None = None
    message: str | None = None
    notify: tuple[str, ...] = ()
