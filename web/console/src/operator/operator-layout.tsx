import { Button } from "@mantine/core";
import { Link, Outlet } from "@tanstack/react-router";
import { useMe } from "../api/queries.ts";
import { Brand } from "../page/brand.tsx";
import { Icon, type IconName } from "../page/icons.tsx";
import { ButtonLink, HelpButton } from "../page/links.tsx";
import { PlainNotFoundPage } from "../page/notice.tsx";
import { useRestoredFocus } from "../page/use-restored-focus.ts";
import { signOut } from "../session/store.ts";
import { useIsOperator } from "../session/use-is-operator.ts";
import shell from "../shell/shell.module.css";
import { texts } from "../texts/index.ts";
import classes from "./operator.module.css";

const SECTIONS = [
  { to: "/operator/accounts", name: "accounts", icon: "layers" },
  { to: "/operator/requests", name: "requests", icon: "seat" },
  { to: "/operator/partners", name: "partners", icon: "team" },
  { to: "/operator/ids", name: "ids", icon: "person" },
] as const satisfies { to: string; name: keyof typeof texts.operator.nav; icon: IconName }[];

/** The pages of operators, which do not exist for anyone else. */
export function OperatorLayout() {
  const isOperator = useIsOperator();
  const hasAccounts = Boolean(useMe().data?.accounts.length);
  useRestoredFocus();
  if (!isOperator) return <PlainNotFoundPage />;
  return (
    <div className={shell.shell}>
      <a href="#content" className={shell.skip}>
        {texts.nav.skip}
      </a>
      <header className={shell.header}>
        <Brand />
        <div className={classes.leave}>
          {hasAccounts && (
            <ButtonLink to="/" variant="subtle" size="compact-md">
              {texts.operator.ownAccounts}
            </ButtonLink>
          )}
          <ButtonLink to="/profile" variant="subtle" size="compact-md">
            {texts.menu.profile}
          </ButtonLink>
          <HelpButton size="compact-md" />
          <Button variant="subtle" size="compact-md" leftSection={<Icon name="exit" size={16} />} onClick={signOut}>
            {texts.menu.signOut}
          </Button>
        </div>
      </header>
      <nav className={shell.nav} aria-label={texts.operator.title}>
        {SECTIONS.map(({ to, name, icon }) => (
          <Link key={name} to={to} className={shell.item} activeProps={{ "aria-current": "page" }}>
            <Icon name={icon} />
            <span>{texts.operator.nav[name]}</span>
          </Link>
        ))}
      </nav>
      <div className={shell.content} id="content" tabIndex={-1}>
        <Outlet />
      </div>
    </div>
  );
}
