"""The journal."""

from typing import Any

from shared.domain.model.values import Moment
from shared.domain.policy import journal
from shared.views.view import View


class EntryView(View):
    """One line of the journal; people are named by user_id, operators as `operator:...`, the sweep as `clock`."""

    entry_id: str
    at: Moment
    type: journal.EntryType
    actor: str
    user_id: str | None
    before: dict[str, Any]
    after: dict[str, Any]

    @classmethod
    def of(cls, entry: journal.Entry) -> "EntryView":
        """Return the view of one entry."""
        return cls.model_validate(entry)


class EntryPage(View):
    data: list[EntryView]
    next_cursor: str | None
