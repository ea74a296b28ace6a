import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import compat from "eslint-plugin-compat";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["dist/", "shared/schema.d.ts"] },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  },
  // Pages use no function that a browser of the last six years (browserslist in package.json) lacks. What belongs to
  // the language itself is kept to that age by `lib` in tsconfig.json.
  {
    files: ["invite/**/*.ts", "help/**/*.ts", "shared/**/*.ts", "console/src/**"],
    extends: [compat.configs["flat/recommended"]],
  },
  { files: ["console/**/*.tsx"], extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat.recommended] },
);
