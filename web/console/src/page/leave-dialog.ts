import { createContext, use } from "react";

/** What leaves the dialog; outside of one, nothing has to be left. */
export const LeaveContext = createContext<(go: () => void) => void>((go) => {
  go();
});

/** Returns a function that closes the dialog, and goes elsewhere then. It asks first if something was entered. */
export const useLeaveDialog = () => use(LeaveContext);
