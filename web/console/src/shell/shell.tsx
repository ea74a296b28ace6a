import { Link, useLocation } from "@tanstack/react-router";
import { type ReactNode, Suspense, lazy, useEffect, useRef, useState } from "react";
import { useAccountContext } from "../account/account-context.ts";
import { Icon, type IconName } from "../page/icons.tsx";
import { useShortcut } from "../page/shortcuts.ts";
import { useMayManageSeats } from "../seats/use-may-manage-seats.ts";
import { texts } from "../texts/index.ts";
import { AccountSwitcher } from "./account-switcher.tsx";
import { PersonMenu } from "./person-menu.tsx";
import classes from "./shell.module.css";

const ShortcutsDialog = lazy(() => import("./shortcuts-dialog.tsx"));

/** Header, navigation and content: a sidebar on wide screens, a strip above the content on narrow ones. */
export function Shell({ children }: { children: ReactNode }) {
  const [showsShortcuts, setShowsShortcuts] = useState(false);
  const showShortcuts = () => {
    setShowsShortcuts(true);
  };
  useShortcut("?", showShortcuts);
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {texts.nav.skip}
      </a>
      <header className={classes.header}>
        <AccountSwitcher />
        <PersonMenu onShortcuts={showShortcuts} />
      </header>
      <Navigation />
      <div className={classes.content} id="content" tabIndex={-1}>
        {children}
      </div>
      {showsShortcuts && (
        <Suspense>
          <ShortcutsDialog
            onClose={() => {
              setShowsShortcuts(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

const SECTIONS = [
  { to: "/$accountId/users", name: "users", icon: "people", permission: "users.view" },
  { to: "/$accountId/groups", name: "groups", icon: "layers", permission: "groups" },
  { to: "/$accountId/teams", name: "teams", icon: "team", permission: "users.view" },
  { to: "/$accountId/seats", name: "seats", icon: "seat", permission: "seats" },
  { to: "/$accountId/activity", name: "activity", icon: "pulse", permission: "journal.view" },
  { to: "/$accountId/settings", name: "settings", icon: "sliders", permission: "admin" },
] as const satisfies { to: string; name: keyof typeof texts.nav; icon: IconName; permission: string }[];

/** Moves the strip sideways as far as the item needs; nothing else scrolls. */
function showWithin(strip: Element, item: Element): void {
  const [visible, { left, right }] = [strip.getBoundingClientRect(), item.getBoundingClientRect()];
  strip.scrollLeft += Math.max(0, right - visible.right) - Math.max(0, visible.left - left);
}

/** Links to the sections that the caller may open. */
function Navigation() {
  const { accountId, isAdmin, may } = useAccountContext();
  const mayManageSeats = useMayManageSeats();
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const current = nav.current?.querySelector("[aria-current]");
    if (nav.current && current) showWithin(nav.current, current);
  }, [pathname]);
  const shown = SECTIONS.filter(({ permission }) => {
    if (permission === "seats") return mayManageSeats;
    if (permission === "groups") return may("users.view") || may("groups.edit");
    return permission === "admin" ? isAdmin : may(permission);
  });
  if (!shown.length) return null;
  return (
    <nav ref={nav} className={classes.nav} aria-label={texts.nav.label}>
      {shown.map(({ to, name, icon }) => (
        <Link
          key={name}
          to={to}
          params={{ accountId }}
          className={classes.item}
          activeProps={{ "aria-current": "page" }}
          activeOptions={{ includeSearch: false }}
        >
          <Icon name={icon} />
          <span>{texts.nav[name]}</span>
        </Link>
      ))}
    </nav>
  );
}
