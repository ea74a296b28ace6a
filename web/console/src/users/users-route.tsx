import { Button } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { useAppUrl } from "../links/config-links.ts";
import { NoPermissionPage } from "../page/notice.tsx";
import { texts } from "../texts/index.ts";
import { UsersPage } from "./users-page.tsx";

/** The list of users, or a welcome for those who may not see it. */
export function UsersRoute() {
  return useAccountContext().may("users.view") ? <UsersPage /> : <Welcome />;
}

/** Leads those who have nothing to do here to the host product. */
function Welcome() {
  const { account, accountId } = useAccountContext();
  const appUrl = useAppUrl(accountId);
  return (
    <NoPermissionPage title={fill(texts.notice.welcome, { account: account.name })} text={texts.notice.noUsers}>
      {appUrl && (
        <Button component="a" href={appUrl} mt="sm">
          {texts.menu.product}
        </Button>
      )}
    </NoPermissionPage>
  );
}
