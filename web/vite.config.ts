import react from "@vitejs/plugin-react";
import { type Plugin, defineConfig } from "vite";

/** The same mapping as the distribution's function: addresses without a dot name one of the two pages. */
function pageAddresses(): Plugin {
  const map = (url = "/") => {
    const path = url.split("?")[0] ?? "";
    if (path.includes(".") || path.startsWith("/v1/") || path.startsWith("/@")) return url;
    return path.startsWith("/invite") ? "/invite/index.html" : "/console/index.html";
  };
  return {
    name: "page-addresses",
    configureServer: (server) => {
      server.middlewares.use((request, _response, next) => {
        request.url = map(request.url);
        next();
      });
    },
  };
}

/** Leaves out of the invite page what is there for those who write it: indentation. */
function lean(): Plugin {
  return {
    name: "lean",
    applyToEnvironment: ({ name }) => name === "invite",
    transformIndexHtml: (html) => html.replace(/\s*\n\s*/g, "\n"),
    generateBundle: (_, files) => {
      for (const file of Object.values(files)) {
        if (file.type !== "asset" || !file.fileName.endsWith(".json")) continue;
        file.source = JSON.stringify(JSON.parse(String(file.source)));
      }
    },
  };
}

/** Where the product runs, for the development server. */
const product = process.env.USHER_CONSOLE_URL;

export default defineConfig({
  appType: "mpa",
  publicDir: "invite/public",
  plugins: [react(), pageAddresses(), lean()],
  server: { proxy: product ? { "/v1": product, "/config.json": product } : {} },
  build: {
    target: "es2022",
    // New enough for light-dark(): rewritten, it would no longer follow Mantine's colour scheme.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
  },
  // The pages are built apart, so that what they share is bundled into each: the invite page is one script.
  builder: {},
  environments: {
    client: { build: { rolldownOptions: { input: { console: "console/index.html" } } } },
    invite: {
      consumer: "client",
      build: {
        rolldownOptions: { input: { invite: "invite/index.html" } },
        emptyOutDir: false,
        copyPublicDir: false,
        // One language is loaded, as a file; inlined, all of them would be.
        assetsInlineLimit: 0,
      },
    },
  },
});
