import { type ReactNode, Suspense, createContext, use, useState } from "react";
import type { User } from "../api/types.ts";
import type { Action } from "./types.ts";

type StartAction = (action: Action, user: User) => void;

const StartActionContext = createContext<StartAction>(() => undefined);

/** Returns the function that opens an action's dialog. */
export const useStartAction = () => use(StartActionContext);

/** Renders the dialog of the current action, so that the dialog stays open if the user's row is removed. */
export function ActionDialogHost({ children }: { children: ReactNode }) {
  const [current, setCurrent] = useState<{ action: Action; user: User } | null>(null);
  return (
    <StartActionContext
      value={(action, user) => {
        setCurrent({ action, user });
      }}
    >
      {children}
      {current && (
        <Suspense>
          <current.action.Dialog
            user={current.user}
            onClose={() => {
              setCurrent(null);
            }}
          />
        </Suspense>
      )}
    </StartActionContext>
  );
}
