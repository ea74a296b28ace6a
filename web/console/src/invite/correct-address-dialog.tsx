import { useAccountContext } from "../account/account-context.ts";
import type { ActionDialogProps } from "../actions/types.ts";
import InviteDialog from "./invite-dialog.tsx";
import { prefill } from "./prefill.ts";

/** Invites someone at another address, and revokes the invitation that could not be delivered. */
export default function CorrectAddressDialog({ user, onClose }: ActionDialogProps) {
  const { isAdmin } = useAccountContext();
  return (
    <InviteDialog
      kind={user.kind}
      known={prefill(user, isAdmin)}
      replaced={user}
      onClose={() => {
        onClose();
      }}
    />
  );
}
