"""Names of permissions by area; generated from the catalogue by `make catalogue`."""

NAMES_BY_AREA: dict[str, tuple[str, ...]] = {
    "contacts": (
        "contacts.view",
        "contacts.view_all",
        "contacts.edit",
        "contacts.edit_all",
        "contacts.delete",
        "contacts.export",
    ),
    "companies": (
        "companies.view",
        "companies.view_all",
        "companies.edit",
        "companies.edit_all",
    ),
    "opportunities": (
        "opportunities.view",
        "opportunities.view_all",
        "opportunities.edit",
        "opportunities.edit_all",
        "opportunities.own",
    ),
    "tasks": (
        "tasks.view",
        "tasks.view_all",
        "tasks.edit",
        "tasks.edit_all",
    ),
    "orders": (
        "orders.view",
        "orders.view_all",
        "orders.edit",
        "orders.edit_all",
    ),
    "marketing": (
        "marketing.view",
        "marketing.send",
    ),
    "admin": (
        "admin.settings",
        "admin.billing",
    ),
    "users": (
        "users.view",
        "users.invite",
        "users.edit",
        "groups.edit",
        "teams.view",
        "teams.edit",
        "seats.view",
        "records.view",
        "records.edit",
        "records.reassign",
        "journal.view",
    ),
}

IN_EVERYONE: tuple[str, ...] = (
    "contacts.view",
    "contacts.edit",
    "companies.view",
    "companies.edit",
    "opportunities.view",
    "opportunities.edit",
    "opportunities.own",
    "tasks.view",
    "tasks.edit",
    "orders.view",
    "orders.edit",
    "marketing.view",
    "marketing.send",
    "users.view",
)

AREA_BY_RECORD_TYPE: dict[str, str] = {
    "contact": "contacts",
    "company": "companies",
    "opportunity": "opportunities",
    "task": "tasks",
    "order": "orders",
}
