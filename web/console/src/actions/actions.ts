import type { ComponentType } from "react";
import type { User } from "../api/types.ts";
import type { IconName } from "../page/icons.tsx";
import { DeactivateDialog, RemoveDialog, RevokeDialog } from "./confirm-dialogs.tsx";
import { CopyLinkDialog } from "./copy-link-dialog.tsx";
import { EditDialog } from "./edit-dialog.tsx";
import { ReactivateDialog } from "./reactivate-dialog.tsx";

export interface ActionDialogProps {
  user: User;
  onClose: () => void;
}

export interface Action {
  name: string;
  label: string;
  icon: IconName;
  /** It takes something away. */
  danger?: true;
  Dialog: ComponentType<ActionDialogProps>;
}

/** What opens a dialog. *Resend* has none: it is a button of its own, wherever the status is told. */
const ACTIONS: Action[] = [
  { name: "copy_link", label: "Copy link", icon: "link", Dialog: CopyLinkDialog },
  { name: "revoke", label: "Revoke", icon: "cross", danger: true, Dialog: RevokeDialog },
  { name: "edit", label: "Edit", icon: "pen", Dialog: EditDialog },
  { name: "deactivate", label: "Deactivate", icon: "off", danger: true, Dialog: DeactivateDialog },
  { name: "reactivate", label: "Reactivate", icon: "on", Dialog: ReactivateDialog },
  { name: "remove", label: "Remove", icon: "bin", danger: true, Dialog: RemoveDialog },
];

/** The API says with `allowed_actions` what may be done with a user, and in which order it is offered. */
export const actionsOn = (user: User): Action[] =>
  user.allowed_actions.flatMap((allowed) => ACTIONS.find(({ name }) => name === allowed) ?? []);

export const mayResend = (user: User) => user.allowed_actions.includes("resend");
