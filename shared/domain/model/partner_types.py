"""Types of partners; generated from the catalogue by `make catalogue`."""

from typing import Literal

PartnerType = Literal["certified_partner", "expert_coach"]
