import { lazy } from "react";
import type { User } from "../api/types.ts";
import { DeactivateDialog, RemoveDialog, RevokeDialog, UnblockDialog } from "./confirm-dialogs.tsx";
import type { Action } from "./types.ts";

const ReactivateDialog = lazy(() => import("./reactivate-dialog.tsx"));
const CopyLinkDialog = lazy(() => import("./copy-link-dialog.tsx"));
const BlockDialog = lazy(() => import("./block-dialog.tsx"));
const EditDialog = lazy(() => import("./edit-dialog.tsx"));

/**
 * Actions with a dialog, in the order in which they are offered: what takes access away comes last. *Resend* has none:
 * it is the button in the status cell and on the user page.
 */
const ACTIONS: Action[] = [
  { name: "copy_link", icon: "link", Dialog: CopyLinkDialog },
  { name: "edit", icon: "pen", Dialog: EditDialog },
  { name: "reactivate", icon: "on", Dialog: ReactivateDialog },
  { name: "unblock", icon: "on", Dialog: UnblockDialog },
  { name: "revoke", icon: "cross", danger: true, Dialog: RevokeDialog },
  { name: "block", icon: "lock", danger: true, Dialog: BlockDialog },
  { name: "deactivate", icon: "off", danger: true, Dialog: DeactivateDialog },
  { name: "remove", icon: "bin", danger: true, Dialog: RemoveDialog },
];

/** Returns the actions of `allowed_actions`; actions that the console does not know are left out. */
export const allowedActions = (user: User): Action[] =>
  ACTIONS.filter(({ name }) => user.allowed_actions.includes(name));
