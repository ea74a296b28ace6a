import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { ExportButton } from "../page/export-button.tsx";
import { texts } from "../texts/index.ts";
import type { UsersView } from "./view.ts";

/** Downloads the users of the view as a CSV file. */
export function UsersExportButton({ view, disabled }: { view: UsersView; disabled: boolean }) {
  const { accountId } = useAccountContext();
  return (
    <ExportButton
      fileName={fill(texts.export.fileName, { account: accountId })}
      write={async (options) => {
        const { readAllUsers, usersFile } = await import("./export-users.ts");
        return usersFile(await readAllUsers(accountId, view, options));
      }}
      disabled={disabled}
    />
  );
}
