import { fill } from "#shared/texts.ts";
import { byId, h, icon } from "./dom.ts";
import type { Preview } from "./invitation.ts";
import styles from "./styles/index.css?inline";
import { dateLanguage, texts } from "./texts/index.ts";

const MOMENT = {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
} as const;

export interface Screen {
  title: string;
  content: HTMLElement;
}

/** Applies the stylesheet, which is part of the script, then shows the card: no flash of unstyled content. */
export function applyStyles(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets = [sheet];
  byId("card").hidden = false;
}

/** Announces a text through the live region, for screen readers. */
export function announce(text: string): void {
  byId("status").textContent = text;
}

/** Shows a screen, with the invitation's header if `welcome` is given, and moves the focus to its heading. */
export function show({ title, content }: Screen, welcome?: Preview): void {
  document.title = `${title} · Usher`;
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
    h("p", { class: "inviter" }, fill(texts.welcome.invitedBy, { inviter })),
    h("p", { class: "account" }, account.name),
    h("p", { class: "app-id" }, fill(texts.welcome.appId, { id: account.account_id })),
    h(
      "p",
      { class: "expiry" },
      icon("clock"),
      h(
        "span",
        {},
        `${texts.welcome.expires} `,
        h("time", { datetime: expires_at }, new Date(expires_at).toLocaleString(dateLanguage(), MOMENT)),
      ),
    ),
    h("p", { class: "help" }, texts.welcome.help),
  ];
}
