"""Defects of the functions themselves."""

from tests.proofs.defects.defect import Defect

FUNCTIONS = (
    Defect(
        "accepting a copied link proves the mailbox",
        "functions/accept/handler.py",
        "sub=sub, mailed=link.is_mailed",
        "sub=sub, mailed=True",
    ),
    Defect(
        "whoever accepts gets another's name",
        "functions/accept/handler.py",
        "identity=identity, phone=body.phone",
        "identity=claimed, phone=body.phone",
    ),
    Defect(
        "terms that were agreed to long ago are enough",
        "functions/join/handler.py",
        "identities.require_terms(terms_version, current=settings().terms_version)",
        "identities.require_terms(terms_version, current=terms_version or '')",
    ),
    Defect(
        "one invitation that cannot be written holds up the others",
        "functions/expire/handler.py",
        "except Exception as error:",
        "except LookupError as error:",
    ),
    Defect("the sweep fails unseen", "functions/expire/handler.py", 'if outcomes["failed"]:', "if False:"),
    Defect(
        "the sweep expires what is still open",
        "functions/expire/handler.py",
        "if not invitations.is_due(user, now=command.now):",
        "if False:",
    ),
    Defect("staff invite ordinary users", "functions/operator/handler.py", ", admin=True)", ")"),
    Defect(
        "an administrator's lost link cannot be sent again",
        "functions/operator/handler.py",
        ", verb=Verb.INVITE_ANEW)",
        ")",
    ),
    Defect(
        "the preview opens dead links",
        "functions/preview/handler.py",
        "    invitations.require_open(invited, link, now=now)\n",
        "",
    ),
    Defect(
        "events lack what has become of it",
        "functions/publish_events/handler.py",
        '"before", "after")',
        '"before")',
    ),
    Defect(
        "records that failed are reported as done",
        "functions/publish_events/handler.py",
        'if entry["entry_id"] in refused',
        "if False",
    ),
    Defect(
        "whoever complained is mailed again", "functions/send_mail/delivery.py", "if people.is_unwelcome:", "if False:"
    ),
    Defect(
        "a mail is offered for ever",
        "functions/send_mail/delivery.py",
        " or is_given_up(mail)",
        "",
    ),
    Defect(
        "a mailed link does not prove the mailbox",
        "functions/send_mail/delivery.py",
        "mail.generation, Channel.MAILED",
        "mail.generation, Channel.COPIED",
    ),
    Defect(
        "a mail is sent before it is claimed",
        "functions/send_mail/delivery.py",
        "mail = outbox.claim(mail_id, operation=operation, now=utc_now())",
        "from shared.adapters.deliveries import open_deliveries\n    mail = open_deliveries().mail(mail_id)",
    ),
    Defect(
        "answers to every mail go to the inviter",
        "functions/send_mail/delivery.py",
        ' and mail.kind == "invitation" else None,\n        mail_id',
        " else None,\n        mail_id",
    ),
    Defect(
        "a name can write a header",
        "functions/send_mail/composing.py",
        'disarming.line(value).replace("=?", "= ?")',
        "disarming.line(value)",
    ),
    Defect(
        "answering machines answer",
        "functions/send_mail/composing.py",
        '_header("Auto-Submitted", "auto-generated"),',
        "",
    ),
    Defect(
        "a name becomes a link",
        "functions/send_mail/disarming.py",
        "_LINK_JOINTS.sub(_HAIR_SPACE, text)",
        "text",
    ),
    Defect(
        "a mail shows any address as a link",
        "functions/send_mail/values.py",
        "if not _WEB_ADDRESS.fullmatch(value):",
        "if False:",
    ),
    Defect(
        "dates are a month off",
        "functions/send_mail/wording.py",
        "dates.months[at.month - 1]",
        "dates.months[at.month % 12]",
    ),
    Defect(
        "what people typed is markup in a mail",
        "functions/send_mail/rendering.py",
        'select_autoescape(["html"])',
        "False",
    ),
    Defect(
        "what the stream dropped is never rescued",
        "functions/send_mail/handler.py",
        "        _rescue(context)\n",
        "",
    ),
    Defect(
        "a full mailbox counts as a bounce",
        "functions/track_delivery/handler.py",
        "None if is_passing or is_praise",
        "None if is_praise",
    ),
    Defect(
        "a complaint is ignored",
        "functions/track_delivery/handler.py",
        'if delivery == "complained":',
        "if False:",
    ),
    Defect(
        "the usual Users page shows everybody",
        "functions/users/handler.py",
        "frozenset({Status.INVITED, Status.EXPIRED, Status.ACTIVE})",
        "frozenset(Status)",
    ),
    Defect("a search has a total", "functions/users/handler.py", "None if query.search else ", ""),
    Defect(
        "a visit leaves no trace",
        "functions/access/handler.py",
        "    repository.note_seen(user, now=now)\n",
        "",
    ),
    Defect(
        "everybody reads the journal",
        "functions/journal/handler.py",
        '    require_permission(scene.actor, "journal.view")\n',
        "",
    ),
    Defect(
        "an invitation names no groups",
        "functions/invite/handler.py",
        'exclude={"kind", "permissions"}',
        'exclude={"kind", "permissions", "groups"}',
    ),
)
