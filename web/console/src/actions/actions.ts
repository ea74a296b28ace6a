import type { User } from "../api/types.ts";
import { DeactivateDialog, RemoveDialog, RevokeDialog } from "./confirm-dialogs.tsx";
import { CopyLinkDialog } from "./copy-link-dialog.tsx";
import { EditDialog } from "./edit-dialog.tsx";
import { ReactivateDialog } from "./reactivate-dialog.tsx";
import type { Action } from "./types.ts";

/** Actions with a dialog. *Resend* has none: it is the button in the status cell and on the user page. */
const ACTIONS: Action[] = [
  { name: "copy_link", label: "Copy link", icon: "link", Dialog: CopyLinkDialog },
  { name: "revoke", label: "Revoke", icon: "cross", danger: true, Dialog: RevokeDialog },
  { name: "edit", label: "Edit", icon: "pen", Dialog: EditDialog },
  { name: "deactivate", label: "Deactivate", icon: "off", danger: true, Dialog: DeactivateDialog },
  { name: "reactivate", label: "Reactivate", icon: "on", Dialog: ReactivateDialog },
  { name: "remove", label: "Remove", icon: "bin", danger: true, Dialog: RemoveDialog },
];

/** Returns the actions of `allowed_actions`, in the API's order; actions that the console does not know are left out. */
export const allowedActions = (user: User): Action[] =>
  user.allowed_actions.flatMap((allowed) => ACTIONS.find(({ name }) => name === allowed) ?? []);

export const canResend = (user: User): boolean => user.allowed_actions.includes("resend");
