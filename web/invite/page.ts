import { byId, h, icon } from "./dom.ts";
import type { Preview } from "./invitation.ts";
import { dateLanguage, texts } from "./texts/index.ts";

const moment = new Intl.DateTimeFormat(dateLanguage, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
});

export interface Screen {
  title: string;
  content: HTMLElement;
}

/** Says something to people who listen to the page. */
export function announce(text: string): void {
  byId("status").textContent = text;
}

/** Replaces what the page shows and moves the focus to its heading. */
export function show({ title, content }: Screen, welcome?: Preview): void {
  document.title = `${title} · ${texts.brand}`;
  announce("");
  byId("card").classList.toggle("is-invited", Boolean(welcome));
  byId("welcome").replaceChildren(...(welcome ? welcomeLines(welcome) : []));
  byId("main").replaceChildren(content);
  content.querySelector("h1")?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

export function heading(title: string): HTMLHeadingElement {
  return h("h1", { tabindex: "-1" }, title);
}

function welcomeLines({ inviter, account, expires_at }: Preview): Node[] {
  return [
    h("p", { class: "inviter" }, texts.welcome.invitedBy(inviter)),
    h("p", { class: "account" }, account.name),
    h("p", { class: "app-id" }, texts.welcome.appId(account.account_id)),
    h(
      "p",
      { class: "expiry" },
      icon("clock"),
      h(
        "span",
        {},
        `${texts.welcome.openUntil} `,
        h("time", { datetime: expires_at }, moment.format(new Date(expires_at))),
      ),
    ),
    h("p", { class: "help" }, texts.welcome.help),
  ];
}
