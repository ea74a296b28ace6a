"""The chart of the bucket of logos.

| key                                | who writes it | who reads it |
| ---------------------------------- | ------------- | ------------ |
| uploads/<identity_id>/<upload_id>  | a browser, with a form that was signed for this key; forgotten after a day | `profile`, once |
| logos/<name>                       | `profile`, once the content was checked | anybody, at /logos/<name> of the console's origin |
"""

UPLOADS = "uploads/"
SERVED = "logos/"
UPLOADS_KEPT_DAYS = 1
