"""Environment variables of each function: the resources that its row may use, and values of the stage."""

from dataclasses import dataclass

from infra import build_layer
from infra.catalog import Function
from infra.data_stack import DataStack
from infra.identity_stack import IdentityStack
from infra.stage_settings import stage_settings
from infra.stages import Stage
from shared.storage_schema import IDENTITIES, TABLES

CA_BUNDLE_PATH = f"/opt/python/{build_layer.CA_BUNDLE}"  # Loading botocore's full bundle costs 20 ms per client.


@dataclass(frozen=True)
class Environment:
    stage: Stage
    data: DataStack
    identity: IdentityStack
    console_url: str

    def variables(self, function: Function) -> dict[str, str]:
        """Return the variables that `shared.settings`, Powertools and the layer read."""
        return {
            "POWERTOOLS_SERVICE_NAME": function.name,
            "POWERTOOLS_LOG_LEVEL": "INFO",
            **build_layer.ENVIRONMENT,
            **({} if self.stage.local else {"AWS_CA_BUNDLE": CA_BUNDLE_PATH}),
            **self._stage_values(function),
            **self._tables(function),
            **self._token_keys(function),
            **self._pepper(function),
            **self._user_pool(function),
            **self._mail(function),
            **({"EVENT_BUS": self.data.event_bus.event_bus_name} if function.puts_events else {}),
            **(
                {"LOGOS_BUCKET": self.data.logos.bucket_name}
                if function.manages_logos or function.deletes_logos
                else {}
            ),
        }

    def _stage_values(self, function: Function) -> dict[str, str]:
        values = stage_settings(self.stage, console_url=self.console_url)
        in_links = {"CONSOLE_URL"} if function.generates_mac_with or function.verifies_mac_with else set()
        return {name: values[name] for name in sorted({*function.settings, *in_links})}

    def _tables(self, function: Function) -> dict[str, str]:
        """Return the names of all tables for a function that may use one of them; names grant no rights."""
        if not function.tables:
            return {}
        return {table.environment: self.data.tables[table.name].table_name for table in TABLES}

    def _token_keys(self, function: Function) -> dict[str, str]:
        keys = self.data.token_keys
        signs = {f"{each.upper()}_KEYS": keys.for_signing(each) for each in function.generates_mac_with}
        return signs | {f"{each.upper()}_KEYS": keys.for_verifying(each) for each in function.verifies_mac_with}

    def _pepper(self, function: Function) -> dict[str, str]:
        derives_ids = any(access.table is IDENTITIES for access in function.tables)
        return {"PEPPER": self.data.pepper} if derives_ids else {}

    def _user_pool(self, function: Function) -> dict[str, str]:
        if not function.user_pool:
            return {}
        return {
            "USER_POOL_ID": self.identity.user_pool.user_pool_id,
            "USER_POOL_CLIENT_ID": self.identity.web_client.user_pool_client_id,
        }

    def _mail(self, function: Function) -> dict[str, str]:
        if not function.sends_mail:
            return {}
        return {
            "SENDER": self.stage.sender,
            "CONFIGURATION_SET": self.data.configuration_set.configuration_set_name,
        }
