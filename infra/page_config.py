"""What a deployment tells its pages: the public file config.json."""

from infra.stages import Stage


def page_config(stage: Stage, *, region: str, user_pool_client_id: str, cognito_endpoint: str) -> dict[str, object]:
    """Return config.json. `help_url` is null where help is the page at /help, `app_url` for no host product."""
    return {
        "region": region,
        "user_pool_client_id": user_pool_client_id,
        "cognito_endpoint": cognito_endpoint,
        "password_policy": stage.password.policy.model_dump(),
        "help_url": stage.help_url,
        "app_url": stage.app_url,
    }
