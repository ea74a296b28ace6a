"""The values of a stage that functions get as variables of their environment."""

from infra import brand
from infra.stages import Stage


def stage_settings(stage: Stage, *, console_url: str) -> dict[str, str]:
    """Return each variable of `shared.settings` that comes from the stage."""
    return {
        "PRODUCT_NAME": brand.read().name,
        "CONSOLE_URL": console_url,
        "HELP_URL": stage.help_url or f"{console_url}/help",
        "STAFF_MAIL": stage.staff_mail,
        "TERMS_VERSION": stage.terms_version,
        "SEAT_PURCHASES": stage.seat_purchases,
        "PASSWORD_MIN_LENGTH": str(stage.password.min_length),
        "PASSWORD_COMPOSITION": stage.password.composition,
        "SECURITY_QUESTION": stage.security_question,
        "APP_URL": stage.app_url or "console",
    }
