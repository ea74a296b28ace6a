import { byId, h } from "./dom.ts";
import styles from "./styles/index.css?inline";
import stylesheet from "./styles/index.css?url";

/**
 * Applies the stylesheet, then shows the page instead of the sentences of index.html. The stylesheet is part of the
 * script, which saves a request; browsers before 2023 without constructable stylesheets load it as a file.
 */
export async function applyStyles(): Promise<void> {
  if (!adopt()) await load();
  byId("startup").remove();
  byId("card").hidden = false;
}

function adopt(): boolean {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    document.adoptedStyleSheets = [sheet]; // eslint-disable-line compat/compat -- the reason for this function
    return true;
  } catch {
    return false;
  }
}

/** Loads the file. If that fails, the page works without styles. */
function load(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      resolve();
    };
    document.head.append(h("link", { rel: "stylesheet", href: stylesheet, onload: done, onerror: done }));
  });
}
