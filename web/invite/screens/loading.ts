import { h } from "../dom.ts";
import { type Screen, announce, heading } from "../page.ts";
import { opening } from "../texts/index.ts";

const SLOW_MS = 4_000;

/** Shown while the link is looked at; says so when that takes long. */
export function loadingScreen(): Screen {
  const words = opening();
  const slow = h("p", { class: "slow" });
  setTimeout(() => {
    if (!slow.isConnected) return;
    slow.textContent = words.slow;
    announce(words.slow);
  }, SLOW_MS);
  const content = h(
    "section",
    { class: "message" },
    h("div", { class: "badge" }, h("span", { class: "spinner", "aria-hidden": "true" })),
    heading(words.title),
    slow,
  );
  return { title: words.title, content };
}
