import { useAccountContext } from "../account/account-context.ts";
import type { ActionDialogProps } from "../actions/types.ts";
import InviteDialog from "./invite-dialog.tsx";
import { prefill } from "./prefill.ts";

/** Invites someone again who declined or is no longer in the account, with what is known of them filled in. */
export default function InviteAgainDialog({ user, onClose }: ActionDialogProps) {
  const { isAdmin } = useAccountContext();
  return (
    <InviteDialog
      kind={user.kind}
      known={prefill(user, isAdmin)}
      onClose={() => {
        onClose();
      }}
    />
  );
}
