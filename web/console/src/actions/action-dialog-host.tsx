import { type ReactNode, Suspense, createContext, use } from "react";
import { useNewestUser } from "../api/queries.ts";
import type { User } from "../api/types.ts";
import { useOpened } from "../page/use-opened.ts";
import type { Action } from "./types.ts";

type StartAction = (action: Action, user: User) => void;

const StartActionContext = createContext<StartAction>(() => undefined);

/** Returns the function that opens an action's dialog. */
export const useStartAction = () => use(StartActionContext);

/**
 * Renders the dialog of the current action, so that the dialog stays open if the user's row is removed. It gets the user
 * as last read: a list lags behind.
 */
export function ActionDialogHost({ children }: { children: ReactNode }) {
  const { opened, open, close } = useOpened<{ action: Action; user: User }>();
  const newest = useNewestUser();
  return (
    <StartActionContext
      value={(action, user) => {
        open({ action, user: newest(user) });
      }}
    >
      {children}
      {opened && (
        <Suspense>
          <opened.action.Dialog user={opened.user} onClose={close} />
        </Suspense>
      )}
    </StartActionContext>
  );
}
