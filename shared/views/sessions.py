"""The tokens of a session."""

from shared.views.view import View


class SessionView(View):
    """Tokens; `expires_in` in seconds."""

    access_token: str
    id_token: str
    refresh_token: str
    expires_in: int
