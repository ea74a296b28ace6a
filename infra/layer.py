"""The layers with third-party packages, built by `infra.build_layer`."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.paths import BUILD
from infra.python_function import RUNTIME
from infra.stages import Stage


def libraries(scope: Construct, *, stage: Stage) -> lambda_.LayerVersion:
    """Create the layer of all functions."""
    return _layer(scope, "Libraries", folder="layer", stage=stage)


def pictures(scope: Construct, *, stage: Stage) -> lambda_.LayerVersion:
    """Create the layer with Pillow, for the function that rewrites logos."""
    return _layer(scope, "Pictures", folder="pictures", stage=stage)


def _layer(scope: Construct, construct_id: str, *, folder: str, stage: Stage) -> lambda_.LayerVersion:
    """Create a layer. A local one is empty: workers import from build/, which is faster."""
    content = BUILD / (f"{folder}-empty" if stage.local else f"{folder}-arm64")
    if stage.local:
        content.mkdir(parents=True, exist_ok=True)
        (content / "README").write_text(f"The packages are in build/{folder}-local.\n")
    return lambda_.LayerVersion(
        scope,
        construct_id,
        code=lambda_.Code.from_asset(str(content), exclude=[".built"]),
        compatible_runtimes=[RUNTIME],
        compatible_architectures=[lambda_.Architecture.ARM_64],
    )
