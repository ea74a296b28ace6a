import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import { Suspense, lazy } from "react";
import { useAccountContext } from "../account/account-context.ts";
import type { User } from "../api/types.ts";
import { Icon } from "../page/icons.tsx";
import { ButtonLink, MenuItemLink } from "../page/links.tsx";
import { useShortcut } from "../page/shortcuts.ts";
import { useOpened } from "../page/use-opened.ts";
import { texts } from "../texts/index.ts";

const InviteDialog = lazy(() => import("../invite/invite-dialog.tsx"));

/** The ways to invite: a user, many people, a partner. On a phone, a menu has all but the first. */
export function InviteButtons({ narrow }: { narrow: boolean }) {
  const { accountId } = useAccountContext();
  const { opened, open, close } = useOpened<User["kind"]>();
  const inviteUser = () => {
    open("user");
  };
  useShortcut("n", inviteUser);
  const toMany = { to: "/$accountId/users/invite", params: { accountId } } as const;
  const addPartner = () => {
    open("partner");
  };
  return (
    <Group gap="xs" wrap="nowrap">
      <Button leftSection={<Icon name="plus" />} size="md" onClick={inviteUser}>
        {texts.users.invite}
      </Button>
      {narrow ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={42} aria-label={texts.users.moreWays}>
              <Icon name="chevron" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <MenuItemLink {...toMany}>{texts.many.open}</MenuItemLink>
            <Menu.Item onClick={addPartner}>{texts.users.addPartner}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <>
          <ButtonLink variant="default" size="md" {...toMany}>
            {texts.many.open}
          </ButtonLink>
          <Button variant="default" size="md" onClick={addPartner}>
            {texts.users.addPartner}
          </Button>
        </>
      )}
      {opened && (
        <Suspense>
          <InviteDialog kind={opened} onClose={close} />
        </Suspense>
      )}
    </Group>
  );
}
