import { Button } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { useAppUrl } from "../links/config-links.ts";
import { NoPermissionPage } from "../page/notice.tsx";
import { texts } from "../texts/index.ts";
import { InviteButtons } from "./invite-buttons.tsx";
import { UsersPage } from "./users-page.tsx";

/** The list of users, or a welcome for those who may not see it. */
export function UsersRoute() {
  return useAccountContext().may("users.view") ? <UsersPage /> : <Welcome />;
}

/** Leads those who do not see the users to the host product, and lets those who may invite do so. */
function Welcome() {
  const { account, accountId, may } = useAccountContext();
  const appUrl = useAppUrl(accountId);
  const mayInvite = may("users.invite");
  const { welcome, onlyInvite, noUsers } = texts.notice;
  return (
    <NoPermissionPage title={fill(welcome, { account: account.name })} text={mayInvite ? onlyInvite : noUsers}>
      {mayInvite && <InviteButtons narrow />}
      {appUrl && (
        <Button component="a" href={appUrl} mt="sm">
          {texts.menu.product}
        </Button>
      )}
    </NoPermissionPage>
  );
}
