import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { type ReactNode, lazy } from "react";
import { Root } from "./root.tsx";
import { AccountLayout } from "./account/account-layout.tsx";
import { HomePage } from "./account/home-page.tsx";
import { LazyPage, Loading, PageFailure } from "./page/lazy-page.tsx";
import { NotFoundPage } from "./page/notice.tsx";
import { noteNavigation } from "./page/navigation.ts";
import { UsersRoute } from "./users/users-route.tsx";

/** Query parameters are plain text, as the API's are: no JSON. */
const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));

const stringifySearch = (search: Record<string, unknown>): string => {
  const entries = Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const text = new URLSearchParams(entries).toString();
  return text && `?${text}`;
};

type Page = () => ReactNode;

/** A page with a script of its own. */
function lazyPage<Name extends string>(load: () => Promise<Record<Name, Page>>, name: Name): Page {
  const Loaded = lazy(async (): Promise<{ default: Page }> => ({ default: (await load())[name] }));
  return () => (
    <LazyPage>
      <Loaded />
    </LazyPage>
  );
}

const root = createRootRoute({ component: Root });
const home = createRoute({ getParentRoute: () => root, path: "/", component: HomePage });

const accounts = createRoute({
  getParentRoute: () => root,
  path: "accounts",
  component: lazyPage(() => import("./account/account-picker.tsx"), "AccountPicker"),
});

const account = createRoute({
  getParentRoute: () => root,
  path: "$accountId",
  beforeLoad: ({ params: { accountId }, location }) => {
    // App IDs are often dictated: upper and lower case lead to the same account.
    if (accountId !== accountId.toLowerCase()) {
      const path = location.pathname.replace(accountId, accountId.toLowerCase());
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw redirect({ to: path, search: location.search, replace: true });
    }
  },
  component: AccountLayout,
});

const accountIndex = createRoute({
  getParentRoute: () => account,
  path: "/",
  beforeLoad: ({ params, search }) => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ to: "/$accountId/users", params, search, replace: true });
  },
});

const users = createRoute({ getParentRoute: () => account, path: "users", component: UsersRoute });

const inviteMany = createRoute({
  getParentRoute: () => account,
  path: "users/invite",
  component: lazyPage(() => import("./many/invite-many-page.tsx"), "InviteManyRoute"),
});

const user = createRoute({
  getParentRoute: () => account,
  path: "users/$userId",
  component: lazyPage(() => import("./user/user-page.tsx"), "UserRoute"),
});

const teams = createRoute({
  getParentRoute: () => account,
  path: "teams",
  component: lazyPage(() => import("./teams/teams-page.tsx"), "TeamsRoute"),
});

const seats = createRoute({
  getParentRoute: () => account,
  path: "seats",
  component: lazyPage(() => import("./seats/seats-page.tsx"), "SeatsRoute"),
});

const groups = createRoute({
  getParentRoute: () => account,
  path: "groups",
  component: lazyPage(() => import("./groups/groups-page.tsx"), "GroupsRoute"),
});

const activity = createRoute({
  getParentRoute: () => account,
  path: "activity",
  component: lazyPage(() => import("./activity/activity-page.tsx"), "ActivityRoute"),
});

const settings = createRoute({
  getParentRoute: () => account,
  path: "settings",
  component: lazyPage(() => import("./settings/settings-page.tsx"), "SettingsRoute"),
});

const profile = createRoute({
  getParentRoute: () => account,
  path: "profile",
  component: lazyPage(() => import("./profile/profile-page.tsx"), "ProfileRoute"),
});

const ownProfile = createRoute({
  getParentRoute: () => root,
  path: "profile",
  component: lazyPage(() => import("./profile/profile-page.tsx"), "OwnProfileRoute"),
});

const operator = createRoute({
  getParentRoute: () => root,
  path: "operator",
  component: lazyPage(() => import("./operator/operator-layout.tsx"), "OperatorLayout"),
});

const operatorIndex = createRoute({
  getParentRoute: () => operator,
  path: "/",
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ to: "/operator/accounts", replace: true });
  },
});

const allAccounts = createRoute({
  getParentRoute: () => operator,
  path: "accounts",
  component: lazyPage(() => import("./operator/accounts-page.tsx"), "AccountsPage"),
});

const anyAccount = createRoute({
  getParentRoute: () => operator,
  path: "accounts/$appId",
  component: lazyPage(() => import("./operator/account-page.tsx"), "AccountPage"),
});

const requests = createRoute({
  getParentRoute: () => operator,
  path: "requests",
  component: lazyPage(() => import("./operator/requests-page.tsx"), "RequestsPage"),
});

const identities = createRoute({
  getParentRoute: () => operator,
  path: "ids",
  component: lazyPage(() => import("./operator/identities-page.tsx"), "IdentitiesPage"),
});

const partners = createRoute({
  getParentRoute: () => operator,
  path: "partners",
  component: lazyPage(() => import("./operator/partners-page.tsx"), "PartnersPage"),
});

function createConsoleRouter() {
  const router = createRouter({
    routeTree: root.addChildren([
      home,
      accounts,
      ownProfile,
      operator.addChildren([operatorIndex, allAccounts, anyAccount, requests, partners, identities]),
      account.addChildren([accountIndex, users, inviteMany, user, groups, teams, seats, activity, settings, profile]),
    ]),
    basepath: "/console",
    parseSearch,
    stringifySearch,
    defaultNotFoundComponent: NotFoundPage,
    defaultPendingComponent: Loading,
    defaultErrorComponent: PageFailure,
    scrollRestoration: true,
    trailingSlash: "preserve",
  });
  noteNavigation(router);
  return router;
}

export const router = createConsoleRouter();

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
  interface HistoryState {
    /** Name of the account that a partner has just left, who has no other. */
    left?: string;
  }
}
