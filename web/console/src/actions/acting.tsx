import { type ReactNode, createContext, use, useState } from "react";
import type { User } from "../api/types.ts";
import type { Action } from "./actions.ts";

type Act = (action: Action, user: User) => void;

const Acting = createContext<Act>(() => undefined);

/** Begins an action on a user. */
export const useAct = () => use(Acting);

/** Holds the dialog of the action that was begun: it outlives the row that it began in. */
export function ActingProvider({ children }: { children: ReactNode }) {
  const [begun, setBegun] = useState<{ action: Action; user: User } | null>(null);
  return (
    <Acting
      value={(action, user) => {
        setBegun({ action, user });
      }}
    >
      {children}
      {begun && (
        <begun.action.Dialog
          user={begun.user}
          onClose={() => {
            setBegun(null);
          }}
        />
      )}
    </Acting>
  );
}
