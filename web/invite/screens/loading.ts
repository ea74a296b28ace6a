import { h } from "../dom.ts";
import { type Screen, announce, heading } from "../page.ts";
import { startupTexts } from "../texts/index.ts";

const SLOW_MS = 4_000;

/** Loading screen; after `SLOW_MS` it says that the request takes long. */
export function loadingScreen(): Screen {
  const t = startupTexts();
  const slow = h("p", { class: "slow" });
  setTimeout(() => {
    if (!slow.isConnected) return;
    slow.textContent = t.slow;
    announce(t.slow);
  }, SLOW_MS);
  const content = h(
    "section",
    { class: "message" },
    h("div", { class: "badge" }, h("span", { class: "spinner", "aria-hidden": "true" })),
    heading(t.title),
    slow,
  );
  return { title: t.title, content };
}
