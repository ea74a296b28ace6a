"""The stages whose templates are tested."""

from infra.stages import read_stage

DEV = read_stage("dev")
PROD = read_stage("prod")
