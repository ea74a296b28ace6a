import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { NoPermissionPage } from "../page/notice.tsx";
import { texts } from "../texts/index.ts";
import { UsersPage } from "./users-page.tsx";

/** The list of users, or a welcome for those who may not see it. */
export function UsersRoute() {
  const { account, may } = useAccountContext();
  if (may("users.view")) return <UsersPage />;
  return <NoPermissionPage title={fill(texts.notice.welcome, { account: account.name })} text={texts.notice.noUsers} />;
}
