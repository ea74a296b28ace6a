"""A user's permissions."""

from shared.domain.model.groups import Groups
from shared.domain.model.users import Kind, Status, User
from shared.domain.policy import authorization
from shared.views.view import GroupName, View


class AccessView(View):
    """What the caller may do in the account.

    `sources` says for each permission where it comes from: `admin`, `group: <name>`, `own`.
    """

    user_id: str
    identity_id: str
    kind: Kind
    status: Status
    admin: bool
    groups: list[GroupName]
    permissions: list[str]
    sources: dict[str, list[str]]

    @classmethod
    def of(cls, user: User, groups: Groups) -> "AccessView":
        """Return the view of a user's effective permissions."""
        return cls(
            user_id=user.user_id,
            identity_id=user.identity_id,
            kind=user.kind,
            status=user.status,
            admin=user.admin,
            groups=[GroupName.model_validate(group) for group in groups.existing(user.groups)],
            permissions=sorted(authorization.rights_of(user, groups)),
            sources=_sources(user, groups),
        )


def _sources(user: User, groups: Groups) -> dict[str, list[str]]:
    sources = [
        ("admin" if group.default else f"group: {group.name}", group.rights) for group in groups.existing(user.groups)
    ]
    sources += [("own", frozenset(user.allow))]
    return {
        permission: [source for source, rights in sources if permission in rights]
        for permission in sorted(authorization.rights_of(user, groups))
    }
