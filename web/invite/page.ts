import { PRODUCT } from "#shared/brand.ts";
import { fill } from "#shared/texts.ts";
import { byId, h, icon } from "./dom.ts";
import { button } from "./fields.ts";
import type { Preview } from "./invitation.ts";
import { formatMoment, formatRelative } from "./dates.ts";
import { LANGUAGES, chooseLocale, currentLocale, startupTexts, texts } from "./texts/index.ts";

export interface Screen {
  title: string;
  content: HTMLElement;
}

let shown: { build: () => Screen; welcome: Preview | undefined } | undefined;

/** Announces a text through the live region, for screen readers. */
export function announce(text: string): void {
  byId("status").textContent = text;
}

/** Clears the live region, unless something else has been announced since. */
export function endAnnouncement(text: string): void {
  if (byId("status").textContent === text) announce("");
}

/**
 * Shows a screen, with the invitation's header if `welcome` is given, and moves the focus to its heading. The screen is
 * built again when the reader chooses another language.
 */
export function show(build: () => Screen, welcome?: Preview): void {
  shown = { build, welcome };
  const { title, content } = build();
  document.title = `${title} · ${PRODUCT}`;
  announce("");
  byId("card").classList.toggle("is-invited", Boolean(welcome));
  byId("welcome").replaceChildren(...(welcome ? welcomeLines(welcome) : []));
  byId("main").replaceChildren(content);
  byId("footer").replaceChildren(...footerLinks());
  content.querySelector("h1")?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** Keeps a screen, so that its inputs keep their values; in another language it is built again with the same values. */
export function kept(build: () => Screen): () => Screen {
  let screen: Screen | undefined;
  let language = "";
  return () => {
    if (!screen || language !== currentLocale()) {
      const next = build();
      if (screen) copyValues(screen.content, next.content);
      screen = next;
      language = currentLocale();
    }
    return screen;
  };
}

function copyValues(from: HTMLElement, to: HTMLElement): void {
  for (const old of from.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")) {
    const control = to.querySelector<HTMLInputElement | HTMLSelectElement>(`#${old.id}`);
    if (control instanceof HTMLSelectElement) control.selectedIndex = (old as HTMLSelectElement).selectedIndex;
    else if (control) control.value = old.value;
    control?.dispatchEvent(new Event(control instanceof HTMLSelectElement ? "change" : "input"));
  }
}

export function heading(title: string): HTMLHeadingElement {
  return h("h1", { tabindex: "-1" }, title);
}

/** Link to the help page in the reader's language, in a tab of its own: what was typed here stays. */
export function helpLink(label: string): HTMLAnchorElement {
  return h("a", { class: "link", href: `/help/${currentLocale()}`, target: "_blank", rel: "noopener" }, label);
}

function footerLinks(): HTMLElement[] {
  const others = LANGUAGES.filter(([locale]) => locale !== currentLocale());
  return [
    helpLink(startupTexts().help),
    ...others.map(([locale, name]) => {
      const link = button("link", name, () => void changeLanguage(locale));
      link.lang = locale;
      return link;
    }),
  ];
}

async function changeLanguage(locale: (typeof LANGUAGES)[number][0]): Promise<void> {
  try {
    await chooseLocale(locale);
  } catch {
    return; // not reachable: the page stays in its language
  }
  if (shown) show(shown.build, shown.welcome);
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
        h("span", {}, fill(texts.welcome.expires, { when: formatRelative(expires_at) })),
        h("br"),
        h("time", { datetime: expires_at }, formatMoment(expires_at)),
      ),
    ),
    h("p", { class: "help" }, texts.welcome.help),
  ];
}
