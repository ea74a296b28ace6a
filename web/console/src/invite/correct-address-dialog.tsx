import type { ActionDialogProps } from "../actions/types.ts";
import InviteDialog from "./invite-dialog.tsx";

/** Invites someone at another address, and revokes the invitation that could not be delivered. */
export default function CorrectAddressDialog({ user, onClose }: ActionDialogProps) {
  return <InviteDialog kind={user.kind} before={user} isReplaced onClose={onClose} />;
}
