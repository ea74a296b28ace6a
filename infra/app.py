"""The CDK app of a stage: `STAGE=dev python -m infra.app`. Makes no AWS calls."""

import json
import os
from typing import Any

import aws_cdk as cdk
import cdk_nag

from infra.data_stack import DataStack
from infra.edge import EdgeStack
from infra.identity_stack import IdentityStack
from infra.paths import BOOTSTRAP_QUALIFIER, ROOT
from infra.service_stack import ServiceStack
from infra.stages import Local, Stage, stage_named
from infra.web_stack import WebStack

LOCAL_ASSETS = "usher-assets"


def build(stage: Stage, *, outdir: str | None = None) -> cdk.App:
    """Build the stacks. Data and identity are stateful; service, web and edge may be destroyed."""
    app = cdk.App(outdir=outdir, analytics_reporting=False, context=_context(stage))
    options: dict[str, Any] = {"stage": stage, "env": cdk.Environment(account=stage.account, region=stage.region)}
    lasting = options | {"termination_protection": stage.keeps_data}
    name = stage.named()
    data = DataStack(app, f"{name}-data", **lasting, synthesizer=_synthesizer(stage))
    identity = IdentityStack(app, f"{name}-identity", **lasting, synthesizer=_synthesizer(stage))
    edge = EdgeStack(app, f"{name}-edge", stage=stage, synthesizer=_synthesizer(stage)).edge if stage.has_edge else None
    web = WebStack(
        app,
        f"{name}-web",
        **options,
        data=data,
        identity=identity,
        edge=edge,
        cross_region_references=stage.has_edge,
        synthesizer=_synthesizer(stage),
    )
    ServiceStack(
        app, f"{name}-service", **options, data=data, identity=identity, web=web, synthesizer=_synthesizer(stage)
    )
    cdk.Tags.of(app).add("product", "usher")
    cdk.Tags.of(app).add("stage", stage.name)
    if not stage.local:
        cdk.Validations.of(app).add_plugins(cdk_nag.AwsSolutionsChecks(app))
    return app


def _context(stage: Stage) -> dict[str, Any]:
    """Return the context of cdk.json, which the CDK's command line reads and this app alone would not."""
    context: dict[str, Any] = json.loads((ROOT / "cdk.json").read_text("utf-8"))["context"]
    return context | ({BOOTSTRAP_QUALIFIER: stage.bootstrap_qualifier} if stage.bootstrap_qualifier else {})


def _synthesizer(stage: Stage) -> cdk.IStackSynthesizer:
    """Use a plain bucket for local assets, since the emulator is not bootstrapped."""
    if stage.local:
        return cdk.CliCredentialsStackSynthesizer(file_assets_bucket_name=LOCAL_ASSETS, bucket_prefix="")
    return cdk.DefaultStackSynthesizer()


if __name__ == "__main__":
    ports = Local(
        emulator_port=int(os.environ.get("USHER_PORT", Local.emulator_port)),
        web_port=int(os.environ.get("USHER_WEB_PORT", Local.web_port)),
    )
    build(stage_named(os.environ.get("STAGE", "dev"), ports)).synth()
