"""Logos: browsers upload into a separate prefix; a newly encoded copy is what is served.

The bucket forgets uploads after a day. The copy has a name that is used once: an upload that is replaced later, while
its form is still good, changes nothing.
"""

import functools
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from shared.adapters import clients
from shared.adapters.pictures import MAX_BYTES, rewrite
from shared.domain.model import errors
from shared.domain.model.identities import Profile
from shared.domain.model.ids import derived_id
from shared.settings import settings
from shared.storage_schema import SERVED, UPLOADS

_GOOD_FOR = 600  # seconds
_CACHED = "public, max-age=86400, immutable"  # Not for ever: a logo that was taken back is to be gone everywhere.
_NOT_THERE = {"NoSuchKey", "AccessDenied"}  # S3 answers the latter to a caller without ListBucket.


class Upload(NamedTuple):
    """A form that a browser posts to `url` with `fields` and, as its last field, `file`."""

    upload_id: str
    url: str
    fields: dict[str, str]
    expires_in: int  # seconds
    max_bytes: int = MAX_BYTES


class LogoBucket:
    """Uploads belong to the identity whose id their keys begin with; no identity can name the upload of another."""

    def __init__(self) -> None:
        self._bucket = settings().logos_bucket
        self._s3 = clients.client("s3")

    def upload(self, identity_id: str, *, operation_id: str) -> Upload:
        """Return a form to upload one picture."""
        upload_id = derived_id(operation_id, "upload")
        form = self._s3.generate_presigned_post(
            self._bucket,
            _upload_key(identity_id, upload_id),
            Conditions=[["content-length-range", 1, MAX_BYTES]],
            ExpiresIn=_GOOD_FOR,
        )
        return Upload(upload_id, form["url"], form["fields"], _GOOD_FOR)

    def adopt(self, given: Mapping[str, Any], *, by: str, operation_id: str) -> dict[str, Any]:
        """Return the changes with the upload's id in `logo` replaced by the name under which the picture is served.

        Raises InvalidRequest for what is not there, no picture, or too large.
        """
        if given.get("logo") is None:
            return dict(given)
        picture = rewrite(self._uploaded(_upload_key(by, given["logo"])))
        name = f"{derived_id(operation_id, 'logo')}.{picture.suffix}"
        self._s3.put_object(
            Bucket=self._bucket,
            Key=SERVED + name,
            Body=picture.content,
            ContentType=picture.media_type,
            CacheControl=_CACHED,
        )
        return {**given, "logo": name}

    def forget_replaced(self, before: Profile | None, after: Profile) -> None:
        """Delete the logo that the profile no longer has; a failure leaves an unreferenced object."""
        if before and before.logo and before.logo != after.logo:
            with suppress(ClientError, BotoCoreError):
                self.delete(before.logo)

    def delete(self, logo: str | None) -> None:
        """Delete a logo, if there is one."""
        if logo:
            self._s3.delete_object(Bucket=self._bucket, Key=SERVED + logo)

    def _uploaded(self, key: str) -> bytes:
        """Return the upload, up to one byte more than is allowed; raises InvalidRequest if there is none."""
        try:
            found = self._s3.get_object(Bucket=self._bucket, Key=key, Range=f"bytes=0-{MAX_BYTES}")
        except ClientError as error:
            if error.response["Error"]["Code"] not in _NOT_THERE:
                raise
            raise errors.InvalidRequest(
                [("logo", "This upload does not exist or has expired. Upload the picture again.")]
            ) from error
        content: bytes = found["Body"].read()
        return content


def _upload_key(identity_id: str, upload_id: str) -> str:
    return f"{UPLOADS}{identity_id}/{upload_id}"


@functools.cache
def open_logo_bucket() -> LogoBucket:
    """Return the instance of this process, made on first use."""
    return LogoBucket()
