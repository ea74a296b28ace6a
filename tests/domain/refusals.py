"""What a command refuses."""

from collections.abc import Callable

from shared.domain.model.errors import Refusal


def refusal_of(command: Callable[[], object]) -> type[Refusal] | None:
    """Return the class of the refusal that a command raises, None if it raises none."""
    try:
        command()
    except Refusal as refusal:
        return type(refusal)
    return None
