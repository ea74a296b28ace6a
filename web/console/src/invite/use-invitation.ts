import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { useAccountContext } from "../account/account-context.ts";
import { useStartAction } from "../actions/action-dialog-host.tsx";
import { allowedActions } from "../actions/actions.ts";
import { invite, revoke } from "../api/mutations.ts";
import { useRefreshAfterChange } from "../api/queries.ts";
import type { NewUser, User } from "../api/types.ts";
import { markNew } from "../users/new-users.ts";
import { judgeInvitation } from "./judge-address.ts";
import { showInvited } from "./invited-toast.tsx";

interface InvitationOptions {
  /** The invitation that is revoked for this one. */
  replaced: User | undefined;
  onDone: () => void;
  onError: (error: unknown) => void;
}

/** Returns true if revoking the user's invitation frees the seat that another one takes. */
export const freesSeat = ({ status, kind }: User): boolean => status === "invited" && kind !== "partner";

/**
 * Sends an invitation and reports it. One that is replaced is revoked only if nothing else refuses the new one, and once;
 * `isRevoked` says that it has been, where the new one has failed then.
 */
export function useInvitation({ replaced, onDone, onError }: InvitationOptions) {
  const caller = useAccountContext();
  const { accountId } = caller;
  const [keyOf] = useState(idempotencyKeys);
  const [revokeKeyOf] = useState(idempotencyKeys);
  const startAction = useStartAction();
  const refresh = useRefreshAfterChange(accountId);
  const [isRevoked, setRevoked] = useState(false);
  const invitation = useMutation({
    mutationFn: async (body: NewUser) => {
      if (replaced && !isRevoked) {
        const problem = await judgeInvitation(accountId, body);
        if (problem && !(problem.code === "no_seat_available" && freesSeat(replaced))) throw problem;
        await revoke(replaced, revokeKeyOf(""));
        setRevoked(true);
      }
      return invite(accountId, body, keyOf(body));
    },
    onSuccess: (user) => {
      const copyLink = allowedActions(user, caller).find(({ name }) => name === "copy_link");
      markNew(user.user_id);
      showInvited(user, {
        canView: caller.may("users.view"),
        onCopyLink:
          copyLink &&
          (() => {
            startAction(copyLink, user);
          }),
      });
      refresh();
      onDone();
    },
    onError: (error) => {
      onError(error);
      refresh();
    },
  });
  return { ...invitation, isRevoked };
}
