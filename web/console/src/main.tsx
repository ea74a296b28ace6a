import "./page/mantine.ts";
import "#shared/brand.css";
import "./page/page.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { readSession } from "#shared/session.ts";
import { App } from "./app.tsx";
import { guardAgainstTranslators } from "./page/translation-guard.ts";
import { connectTabs } from "./session/store.ts";
import { loadLocale } from "./texts/index.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
guardAgainstTranslators();
await Promise.all([connectTabs(), loadLocale(readSession()?.locale)]);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
