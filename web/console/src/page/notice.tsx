import { Button, Center, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { PRODUCT } from "#shared/brand.ts";
import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import type { Me } from "../api/types.ts";
import { isLostAccess, messageFor } from "../api/error-messages.ts";
import { signOut } from "../session/store.ts";
import { texts } from "../texts/index.ts";
import { Brand } from "./brand.tsx";
import { Icon, type IconName } from "./icons.tsx";
import { ButtonLink, HelpButton } from "./links.tsx";
import { PageTitle } from "./page-title.tsx";

interface NoticeProps {
  icon: IconName;
  title: string;
  text: string;
  /** 1 where the notice is the page: then it titles the browser's tab, too. */
  order?: 1 | 2;
  /** Other title of the tab. */
  tab?: string;
  children?: ReactNode;
}

/** A message in place of the content. */
export function Notice({ icon, title, text, order = 2, tab = `${title} · ${PRODUCT}`, children }: NoticeProps) {
  return (
    <Center py={56} px="md">
      <Stack align="center" gap="sm" maw="26rem" ta="center">
        <ThemeIcon size={64} radius="xl" variant="light">
          <Icon name={icon} size={30} />
        </ThemeIcon>
        {order === 1 ? (
          <PageTitle tab={tab} size="h3">
            {title}
          </PageTitle>
        ) : (
          <Title order={2} size="h3">
            {title}
          </Title>
        )}
        <Text c="dimmed">{text}</Text>
        {children}
      </Stack>
    </Center>
  );
}

interface FailureNoticeProps extends Pick<NoticeProps, "order" | "tab" | "children"> {
  error: unknown;
  retry: () => void;
}

/** Says that content could not be loaded, with a button to try again. */
export function FailureNotice({ error, retry, children, ...notice }: FailureNoticeProps) {
  return (
    <Notice icon="cloud" title={texts.notice.failedTitle} text={messageFor(error)} {...notice}>
      <Button variant="light" onClick={retry}>
        {texts.common.tryAgain}
      </Button>
      {children}
    </Notice>
  );
}

/** The person's account whose read was refused, if `GET /v1/me` lists it. */
type Membership = Me["accounts"][number] | undefined;
type Ended = Me["ended_accounts"][number] | undefined;

/** An account that refuses someone with access is suspended. */
const isSuspended = (error: unknown, membership: Membership): membership is NonNullable<Membership> =>
  membership !== undefined && error instanceof Problem && error.status === 403;

/** Returns why there is no access, and who can help: support, where the person is an administrator. */
function whyLost(error: unknown, membership: Membership, ended: Ended): string {
  const { suspended, suspendedAdmin, lost } = texts.notice;
  if (ended) return fill(texts.notice[ended.status], { account: ended.name });
  if (!isSuspended(error, membership)) return lost;
  return fill(membership.admin ? suspendedAdmin : suspended, { account: membership.name });
}

/** A page of its own, without account or menu. */
function PlainPage({ children }: { children: ReactNode }) {
  return (
    <main>
      <Center pt="xl" px="md">
        <Brand />
      </Center>
      {children}
    </main>
  );
}

const SignOutButton = () => (
  <Button variant="subtle" onClick={signOut}>
    {texts.menu.signOut}
  </Button>
);

interface LostAccessPageProps {
  error: unknown;
  retry: () => void;
  me?: Me | undefined;
  accountId?: string;
}

/** Page for a failed read of the account: access has ended, or the request failed. */
export function LostAccessPage({ error, retry, me, accountId }: LostAccessPageProps) {
  const membership = me?.accounts.find(({ account_id }) => account_id === accountId);
  const ended = me?.ended_accounts.find(({ account_id }) => account_id === accountId);
  if (!isLostAccess(error)) {
    return (
      <PlainPage>
        <FailureNotice error={error} retry={retry} order={1}>
          <SignOutButton />
        </FailureNotice>
      </PlainPage>
    );
  }
  return (
    <PlainPage>
      <Notice icon="lock" order={1} title={texts.notice.lostTitle} text={whyLost(error, membership, ended)}>
        <Button component="a" href="/console/accounts" mt="sm">
          {texts.notice.toAccounts}
        </Button>
        {membership?.admin && isSuspended(error, membership) && <HelpButton />}
        <SignOutButton />
      </Notice>
    </PlainPage>
  );
}

function NotFound() {
  return (
    <Notice icon="search" order={1} title={texts.notice.notFoundTitle} text={texts.notice.notFound}>
      <ButtonLink to="/" mt="sm">
        {texts.notice.toAccounts}
      </ButtonLink>
    </Notice>
  );
}

export function NotFoundPage() {
  return (
    <main>
      <NotFound />
    </main>
  );
}

/** The same where no shell surrounds it. */
export function PlainNotFoundPage() {
  return (
    <PlainPage>
      <NotFound />
    </PlainPage>
  );
}

/** Page that the caller lacks the permission for. */
export function NoPermissionPage({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <main>
      <Notice icon="lock" order={1} title={title} text={text}>
        {children}
      </Notice>
    </main>
  );
}
