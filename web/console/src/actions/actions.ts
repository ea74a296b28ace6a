import { lazy } from "react";
import type { User } from "../api/types.ts";
import type { Action } from "./types.ts";

type ConfirmDialogs = typeof import("./confirm-dialogs.tsx");

const confirmDialog = (name: keyof ConfirmDialogs) =>
  lazy(async () => ({ default: (await import("./confirm-dialogs.tsx"))[name] }));

const ReactivateDialog = lazy(() => import("./reactivate-dialog.tsx"));
const CopyLinkDialog = lazy(() => import("./copy-link-dialog.tsx"));
const EditDialog = lazy(() => import("./edit-dialog.tsx"));
const CloneDialog = lazy(() => import("../clone/clone-dialog.tsx"));

/**
 * Actions with a dialog, in the order in which they are offered: what takes access away comes last. *Resend* has none:
 * it is the button in the status cell and on the user page.
 */
const ACTIONS: Action[] = [
  { name: "copy_link", icon: "link", Dialog: CopyLinkDialog },
  { name: "edit", icon: "pen", Dialog: EditDialog },
  { name: "clone", icon: "clone", Dialog: CloneDialog, isOffered: canClone },
  { name: "reactivate", icon: "on", Dialog: ReactivateDialog },
  { name: "unblock", icon: "on", Dialog: confirmDialog("UnblockDialog") },
  { name: "revoke", icon: "cross", danger: true, Dialog: confirmDialog("RevokeDialog") },
  { name: "block", icon: "lock", danger: true, Dialog: confirmDialog("BlockDialog") },
  { name: "deactivate", icon: "off", danger: true, Dialog: confirmDialog("DeactivateDialog") },
  { name: "remove", icon: "bin", danger: true, Dialog: confirmDialog("RemoveDialog") },
];

/** Administrators clone the permissions of anybody who is none: these have no individual ones. */
function canClone(user: User, isAdmin: boolean): boolean {
  return isAdmin && !user.admin && user.allowed_actions.includes("edit");
}

/** Returns the actions of `allowed_actions` that the console knows, and those that it offers an administrator besides. */
export const allowedActions = (user: User, isAdmin: boolean): Action[] =>
  ACTIONS.filter(({ name, isOffered }) =>
    isOffered ? isOffered(user, isAdmin) : user.allowed_actions.some((allowed) => allowed === name),
  );
