"""Every command as its caller gives it, and gives it again when no answer came: the same key, the same body."""

from collections.abc import Callable

from tests.proofs import commands_of_administrators as administrators
from tests.proofs import commands_of_invitees as invitees
from tests.proofs import commands_of_oneself as oneself
from tests.proofs import commands_of_the_clock as clock
from tests.proofs.command_cases import Command

COMMANDS: tuple[Callable[[], Command], ...] = (
    administrators.invite,
    administrators.invite_after_declining,
    administrators.open_account,
    administrators.invite_administrator_anew,
    administrators.resend,
    administrators.resend_expired,
    administrators.copy_link,
    administrators.revoke,
    administrators.edit,
    administrators.deactivate,
    administrators.reactivate,
    administrators.remove,
    administrators.change_settings,
    invitees.accept_mailed,
    invitees.accept_copied,
    invitees.take_over,
    invitees.join,
    invitees.decline,
    invitees.request_new,
    invitees.preview,
    invitees.ask_for_access,
    oneself.edit_me,
    oneself.edit_profile,
    oneself.take_logo_back,
    oneself.upload_logo,
    clock.expire,
    clock.remind,
    clock.withdraw,
    clock.finish_revoking,
    clock.send_mail,
    clock.hold_back_mail,
    clock.rescue_mails,
    clock.track_delivery,
    clock.note_delivery,
    clock.heed_complaint,
)
SENDERS = {clock.send_mail, clock.hold_back_mail, clock.rescue_mails}
