import type { ComboboxProps } from "@mantine/core";
import { createContext, use } from "react";

/** The element of a dialog that dropdowns are put into; null outside of dialogs. */
export const DropdownHost = createContext<HTMLElement | null>(null);

const IN_PLACE: ComboboxProps = { withinPortal: false };

/**
 * Returns where the options of a field open: in place, so that they are within the page's landmarks; in a dialog, beside
 * the part that scrolls, which would cut them off.
 */
export function useDropdown(): ComboboxProps {
  const host = use(DropdownHost);
  return host ? { portalProps: { target: host } } : IN_PLACE;
}
