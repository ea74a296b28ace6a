import { fill } from "#shared/texts.ts";
import type { User } from "../api/types.ts";
import { Checkbox } from "../page/checkbox.tsx";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { useSelection } from "./selection.ts";

/** Selects one user of the list; nothing where that is of no use. */
export function SelectBox({ user }: { user: User }) {
  const selection = useSelection();
  if (!selection) return null;
  return (
    <Checkbox
      aria-label={fill(texts.bulk.select, { name: fullName(user) })}
      checked={selection.has(user)}
      onChange={() => {
        selection.toggle(user);
      }}
    />
  );
}

/** Selects all users that are listed, or none. */
export function SelectAllBox({ label }: { label?: string }) {
  const selection = useSelection();
  if (!selection) return null;
  return (
    <Checkbox
      {...(label === undefined ? { "aria-label": texts.bulk.selectAll } : { label })}
      checked={selection.isAll}
      isPartial={selection.users.length > 0 && !selection.isAll}
      onChange={selection.toggleAll}
    />
  );
}
