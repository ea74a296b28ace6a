import type { ComponentType } from "react";
import type { AccountContextValue } from "../account/account-context.ts";
import type { User } from "../api/types.ts";
import type { IconName } from "../page/icons.tsx";
import type { Texts } from "../texts/index.ts";

export interface ActionDialogProps {
  user: User;
  onClose: () => void;
}

/** What decides on the actions that someone is offered, besides `allowed_actions`. */
export type Caller = Pick<AccountContextValue, "isAdmin" | "may">;

/** An action on a user that opens a dialog. `name` is the API's name in `allowed_actions`, unless `isOffered` decides. */
export interface Action {
  name: keyof Texts["action"];
  icon: IconName;
  /** The action takes access away. */
  danger?: true;
  /** Needed so seldom that the user's page has it in a menu. */
  rare?: true;
  isOffered?: (user: User, caller: Caller) => boolean;
  Dialog: ComponentType<ActionDialogProps>;
}
