import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { type Plugin, defineConfig } from "vite";
import { type HelpTexts, LANGUAGES, helpPage } from "./help/page.ts";
import brand from "./shared/brand.json" with { type: "json" };

/** Writes the help page, one file for each language. */
function helpPages(): Plugin {
  const read = (file: string) => readFileSync(new URL(`help/${file}`, import.meta.url), "utf8");
  return {
    name: "help-pages",
    applyToEnvironment: ({ name }) => name === "invite",
    generateBundle() {
      const emit = (fileName: string, source: string) => this.emitFile({ type: "asset", fileName, source });
      emit("help/help.css", read("../shared/brand.css") + read("help.css"));
      for (const locale of Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[])
        emit(`help/${locale}.html`, helpPage(locale, JSON.parse(read(`texts/${locale}.json`)) as HelpTexts, brand));
    },
  };
}

/** Serves the page of a path, as the distribution's function does: a path without a dot names one of the two pages. */
function pagePaths(): Plugin {
  const map = (url = "/") => {
    const path = url.split("?")[0] ?? "";
    if (path.includes(".") || path.startsWith("/v1/") || path.startsWith("/@")) return url;
    return path.startsWith("/invite") ? "/invite/index.html" : "/console/index.html";
  };
  return {
    name: "page-paths",
    configureServer: (server) => {
      server.middlewares.use((request, _response, next) => {
        request.url = map(request.url);
        next();
      });
    },
  };
}

/** Writes the product's name into the pages. */
function productName(): Plugin {
  return { name: "product-name", transformIndexHtml: (html) => html.replaceAll("%PRODUCT%", brand.name) };
}

/** URL of a running product, which the development server uses as its API. */
const product = process.env.USHER_CONSOLE_URL;

const INVITEE_BROWSERS = ["chrome87", "edge88", "firefox84", "safari14"];

export default defineConfig({
  appType: "mpa",
  publicDir: "invite/public",
  plugins: [react(), pagePaths(), helpPages(), productName()],
  server: { proxy: product ? { "/v1": product, "/config.json": product } : {} },
  build: {
    target: "es2022",
    // Browsers with light-dark(): transpiled, it would no longer follow Mantine's colour scheme.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
  },
  // The pages are built separately, so that shared modules are bundled into each: the invite page is one script.
  builder: {},
  environments: {
    client: {
      build: {
        rolldownOptions: {
          input: { console: "console/index.html" },
          // What the first page needs is one file of packages and one of ours: small files compress badly.
          output: {
            codeSplitting: {
              groups: [
                { name: "packages", tags: ["$initial"], test: /node_modules/, priority: 2 },
                { name: "console", tags: ["$initial"], priority: 1 },
              ],
            },
          },
        },
      },
    },
    invite: {
      consumer: "client",
      build: {
        rolldownOptions: { input: { invite: "invite/index.html" } },
        emptyOutDir: false,
        copyPublicDir: false,
        // Older than the console's: invitees bring any phone. The same browsers as browserslist in package.json.
        target: INVITEE_BROWSERS,
        cssTarget: INVITEE_BROWSERS,
        // A language is loaded as a file; inlined, all languages would be.
        assetsInlineLimit: 0,
      },
    },
  },
});
