import { lazy } from "react";
import type { User } from "../api/types.ts";
import { canCorrectAddress, canInviteAgain } from "./can-invite-again.ts";
import type { Action, Caller } from "./types.ts";

type ConfirmDialogs = typeof import("./confirm-dialogs.tsx");

const confirmDialog = (name: keyof ConfirmDialogs) =>
  lazy(async () => ({ default: (await import("./confirm-dialogs.tsx"))[name] }));

const ReactivateDialog = lazy(() => import("./reactivate-dialog.tsx"));
const CopyLinkDialog = lazy(() => import("./copy-link-dialog.tsx"));
const EditDialog = lazy(() => import("./edit-dialog.tsx"));
const InviteAgainDialog = lazy(() => import("../invite/invite-again-dialog.tsx"));
const CorrectAddressDialog = lazy(() => import("../invite/correct-address-dialog.tsx"));
const CloneDialog = lazy(() => import("../clone/clone-dialog.tsx"));

/**
 * Actions with a dialog, in the order in which they are offered: what takes access away comes last. *Resend* has none:
 * it comes before them.
 */
const ACTIONS: Action[] = [
  { name: "correct_address", icon: "at", Dialog: CorrectAddressDialog, isOffered: canCorrectAddress },
  { name: "invite_again", icon: "send", Dialog: InviteAgainDialog, isOffered: canInviteAgain },
  { name: "copy_link", icon: "link", Dialog: CopyLinkDialog },
  { name: "edit", icon: "pen", Dialog: EditDialog },
  { name: "clone", icon: "clone", Dialog: CloneDialog, rare: true, isOffered: canClone },
  { name: "reactivate", icon: "on", Dialog: ReactivateDialog },
  { name: "unblock", icon: "on", Dialog: confirmDialog("UnblockDialog") },
  { name: "revoke", icon: "cross", danger: true, Dialog: confirmDialog("RevokeDialog") },
  { name: "deactivate", icon: "off", danger: true, Dialog: confirmDialog("DeactivateDialog") },
  { name: "block", icon: "lock", danger: true, rare: true, Dialog: confirmDialog("BlockDialog") },
  { name: "remove", icon: "bin", danger: true, rare: true, Dialog: confirmDialog("RemoveDialog") },
];

/** Administrators clone the permissions of anybody who is none: these have no individual ones. */
function canClone(user: User, { isAdmin }: Caller): boolean {
  return isAdmin && !user.admin && user.allowed_actions.includes("edit");
}

/** Returns the actions of `allowed_actions` that the console knows, and those that it offers the caller besides. */
export const allowedActions = (user: User, caller: Caller): Action[] =>
  ACTIONS.filter(({ name, isOffered }) =>
    isOffered ? isOffered(user, caller) : user.allowed_actions.some((allowed) => allowed === name),
  );
