import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import { useAccountContext } from "../account/account-context.ts";
import type { User } from "../api/types.ts";
import { Icon } from "../page/icons.tsx";
import { ButtonLink, MenuItemLink } from "../page/links.tsx";
import { texts } from "../texts/index.ts";

interface InviteButtonsProps {
  /** On a phone, a menu has the other ways to invite. */
  narrow: boolean;
  onInvite: (kind: User["kind"]) => void;
}

/** The ways to invite: a user, many people, a partner. */
export function InviteButtons({ narrow, onInvite }: InviteButtonsProps) {
  const { accountId } = useAccountContext();
  const toMany = { to: "/$accountId/users/invite", params: { accountId } } as const;
  const addPartner = () => {
    onInvite("partner");
  };
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        leftSection={<Icon name="plus" />}
        size="md"
        onClick={() => {
          onInvite("user");
        }}
      >
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
    </Group>
  );
}
