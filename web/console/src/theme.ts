import { type CSSVariablesResolver, createTheme } from "@mantine/core";
import { SHADES } from "#shared/brand.ts";
import { texts } from "./texts/index.ts";

/** Mantine's own colour has less contrast than WCAG AA asks for. */
const READABLE = { color: "var(--mantine-color-text)" };

const SCROLLING_OPTIONS = { options: { maxHeight: "14rem", overflowY: "auto" } } as const;

/** Mantine's theme in the brand's colour. Created again for each language, whose labels it holds. */
const createConsoleTheme = () =>
  createTheme({
    fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
    headings: { fontFamily: "inherit", fontWeight: "700" },
    primaryColor: "accent",
    primaryShade: { light: 6, dark: 6 },
    defaultRadius: "md",
    cursorType: "pointer",
    respectReducedMotion: true,
    // Named, not imported: most are part of pages that are loaded later.
    components: {
      // Within the page's landmarks, and without a focusable placeholder among the items (axe).
      Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
      // Options scroll in their list itself, which is not in the tab order: the field is (axe).
      MultiSelect: { defaultProps: { withScrollArea: false }, styles: SCROLLING_OPTIONS },
      Select: { defaultProps: { withScrollArea: false }, styles: SCROLLING_OPTIONS },
      TagsInput: { defaultProps: { comboboxProps: { withinPortal: false } } },
      Badge: { defaultProps: { tt: "none", fw: 600 } },
      Notification: {
        defaultProps: { closeButtonProps: { "aria-label": texts.common.close } },
        styles: { description: READABLE },
      },
      Alert: { styles: { title: READABLE } },
    },
    colors: {
      // The dark palette of the invite page: Mantine's own is grey.
      dark: [
        "#eceffa",
        "#c3cbe0",
        "#a6b0ca",
        "#7783a2",
        "#3b4563",
        "#2a324c",
        "#1d2439",
        "#171d30",
        "#111627",
        "#0d111e",
      ],
      accent: SHADES,
    },
  });

let last: { locale: string; theme: ReturnType<typeof createConsoleTheme> } | undefined;

/** Returns the theme for the language that is loaded; the same object as long as it stays. */
export function themeFor(locale: string): ReturnType<typeof createConsoleTheme> {
  if (last?.locale !== locale) last = { locale, theme: createConsoleTheme() };
  return last.theme;
}

const PLACEHOLDER = { "--mantine-color-placeholder": "var(--mantine-color-dimmed)" };

/**
 * Dimmed, placeholder and error colours with WCAG AA contrast on every surface; in the dark, grounds of avatars, badges
 * and alerts that are lighter than what they lie on.
 */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: { "--mantine-color-dimmed": "#565f78", "--mantine-color-error": "#b91f32", ...PLACEHOLDER },
  dark: {
    ...PLACEHOLDER,
    "--mantine-color-dimmed": "#a6b0ca",
    "--mantine-color-error": "#ff95a0",
    "--mantine-color-accent-light": "var(--brand-dark-soft)",
    "--mantine-color-accent-light-hover": "color-mix(in srgb, var(--brand-dark-soft), white 8%)",
    "--mantine-color-gray-light": "var(--mantine-color-dark-5)",
    "--mantine-color-gray-light-hover": "var(--mantine-color-dark-4)",
    "--mantine-color-orange-light": "#40301f",
    "--mantine-color-red-light": "#46222e",
    "--mantine-color-red-light-hover": "#572b39",
  },
});
