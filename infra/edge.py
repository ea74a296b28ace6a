"""What CloudFront reads in us-east-1 alone, wherever a stage is at home: the console's certificate and its web ACL."""

import re

import aws_cdk as cdk
from aws_cdk import aws_certificatemanager as certificates
from constructs import Construct

from infra.stages import EDGE_REGION, Stage
from infra.waf import web_acl


class Edge(Construct):
    """Part of the web stack of a stage in us-east-1, and the content of the edge stack of any other."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self.certificate = certificate_of(self, stage.domain) if stage.domain else None
        self.web_acl = web_acl(self) if stage.waf else None


class EdgeStack(cdk.Stack):
    """Deployed before the web stack, which reads its ARNs from SSM parameters that the CDK keeps in step."""

    def __init__(
        self, scope: Construct, construct_id: str, *, stage: Stage, synthesizer: cdk.IStackSynthesizer
    ) -> None:
        environment = cdk.Environment(account=stage.account, region=EDGE_REGION)
        super().__init__(scope, construct_id, env=environment, synthesizer=synthesizer, cross_region_references=True)
        self.edge = Edge(self, "Edge", stage=stage)


def certificate_of(scope: Construct, name: str) -> certificates.Certificate:
    """Create a certificate. The first deployment waits until its DNS validation record exists."""
    validation = certificates.CertificateValidation.from_dns()
    # Named by the domain: a reference across regions is only written again if its own name changes.
    construct_id = "Certificate" + "".join(word.capitalize() for word in re.split(r"\W", name))
    return certificates.Certificate(scope, construct_id, domain_name=name, validation=validation)
