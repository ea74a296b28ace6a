import { ActionIcon, Menu } from "@mantine/core";
import { type ComponentType, useRef, useState } from "react";
import type { User } from "../api/types.ts";
import { Icon, type IconName } from "../page/icons.tsx";
import { DeactivateDialog } from "./deactivate-dialog.tsx";
import { nameOf } from "./user-identity.tsx";
import classes from "./users.module.css";

export interface ActionDialogProps {
  user: User;
  onClose: () => void;
}

interface Action {
  label: string;
  icon: IconName;
  danger?: true;
  Dialog: ComponentType<ActionDialogProps>;
}

/** What the console can do with a user. The API says with `allowed_actions` which of it applies. */
const ACTIONS: Record<string, Action> = {
  deactivate: { label: "Deactivate", icon: "off", danger: true, Dialog: DeactivateDialog },
};

export function UserActions({ user }: { user: User }) {
  const [chosen, setChosen] = useState<Action | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const actions = user.allowed_actions.flatMap((name) => ACTIONS[name] ?? []);
  return (
    <>
      {actions.length > 0 && (
        <Menu position="bottom-end" width={190}>
          <Menu.Target>
            <ActionIcon ref={button} variant="subtle" color="gray" size="lg" aria-label={`Actions for ${nameOf(user)}`}>
              <Icon name="dots" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {actions.map((action) => (
              <Menu.Item
                key={action.label}
                leftSection={<Icon name={action.icon} />}
                className={action.danger && classes.danger}
                onClick={() => {
                  // The item is about to vanish; the dialog gives the focus back to what has it now.
                  button.current?.focus();
                  setChosen(action);
                }}
              >
                {action.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {chosen && (
        <chosen.Dialog
          user={user}
          onClose={() => {
            setChosen(null);
          }}
        />
      )}
    </>
  );
}
