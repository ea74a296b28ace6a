"""The layer with the third-party packages of all functions, built by `infra.build_layer`."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.paths import BUILD
from infra.python_function import RUNTIME
from infra.stages import Stage


def libraries(scope: Construct, *, stage: Stage) -> lambda_.LayerVersion:
    """Create the layer. The local one is empty: workers import from build/layer-local, which is faster."""
    folder = BUILD / ("layer-empty" if stage.local else "layer-arm64")
    if stage.local:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "README").write_text("The packages are in build/layer-local.\n")
    return lambda_.LayerVersion(
        scope,
        "Libraries",
        code=lambda_.Code.from_asset(str(folder), exclude=[".built"]),
        compatible_runtimes=[RUNTIME],
        compatible_architectures=[lambda_.Architecture.ARM_64],
    )
