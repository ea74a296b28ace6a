import type { ComponentType } from "react";
import type { User } from "../api/types.ts";
import type { IconName } from "../page/icons.tsx";
import type { Texts } from "../texts/index.ts";

export interface ActionDialogProps {
  user: User;
  onClose: () => void;
}

/** An action on a user that opens a dialog. `name` is the API's name in `allowed_actions`, unless `isOffered` decides. */
export interface Action {
  name: keyof Texts["action"];
  icon: IconName;
  /** The action takes access away. */
  danger?: true;
  isOffered?: (user: User, isAdmin: boolean) => boolean;
  Dialog: ComponentType<ActionDialogProps>;
}
