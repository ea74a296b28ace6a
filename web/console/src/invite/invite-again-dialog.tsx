import type { ActionDialogProps } from "../actions/types.ts";
import InviteDialog from "./invite-dialog.tsx";

/** Invites someone again who declined or is no longer in the account, with what is known of them filled in. */
export default function InviteAgainDialog({ user, onClose }: ActionDialogProps) {
  return <InviteDialog kind={user.kind} before={user} onClose={onClose} />;
}
