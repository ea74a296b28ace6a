import { Problem, Unreachable } from "#shared/problem.ts";
import { type Invitation, type Preview, invitation } from "./invitation.ts";
import { type Screen, announce, applyStyles, show } from "./page.ts";
import { refusalFor } from "./refusals.ts";
import { createScreen } from "./screens/create.ts";
import { declineScreen } from "./screens/decline.ts";
import type { Flow } from "./screens/flow.ts";
import { joinedScreen } from "./screens/joined.ts";
import { loadingScreen } from "./screens/loading.ts";
import { refusalScreen } from "./screens/refusal.ts";
import { signInScreen } from "./screens/sign-in.ts";
import { loadLocale, texts } from "./texts/index.ts";

/** Opens the link of the location's hash. Only reads, so that it can be repeated at any time. */
async function open(): Promise<void> {
  const token = location.hash.slice(1);
  show(loadingScreen());
  const link = invitation(token);
  const showResult = await loadPreview(link).catch((error: unknown) => () => {
    show(refusalScreen(error, link, reopen));
  });
  // The hash may have changed while the request was under way: drop a stale answer.
  if (token === location.hash.slice(1)) showResult();
}

function reopen(): void {
  void open();
}

/** Loads the preview, then the texts in its language. Returns what shows the first screen; rethrows the API's refusal. */
async function loadPreview(link: Invitation): Promise<() => void> {
  try {
    const preview = await link.preview();
    await loadLocale(preview.locale);
    return () => {
      startFlow(preview, link);
    };
  } catch (error) {
    if (!(error instanceof Unreachable)) await loadLocale(error instanceof Problem ? error.locale : undefined);
    throw error;
  }
}

/** Shows the first screen and moves between screens. Each screen is built once, so that its inputs keep their values. */
function startFlow(preview: Preview, link: Invitation): void {
  const go = (screen: Screen) => {
    last = screen;
    show(screen, preview);
  };
  const flow: Flow = {
    create: () => {
      go(create);
    },
    signIn: () => {
      go(signIn);
    },
    decline: () => {
      show(declineScreen(preview, link, flow), preview);
    },
    back: () => {
      show(last, preview);
    },
    joined: (account, signedIn) => {
      show(joinedScreen(account, preview.email, signedIn));
    },
    handleTerminalError: (error) => {
      if (error instanceof Problem && error.code === "identity_exists") {
        go(signInScreen({ ...preview, identity_exists: true }, link, flow));
        announce(texts.signIn.known);
        return true;
      }
      if (!refusalFor(error).final) return false;
      show(refusalScreen(error, link, reopen));
      return true;
    },
  };
  const create = createScreen(preview, link, flow);
  const signIn = signInScreen(preview, link, flow);
  let last = preview.identity_exists ? signIn : create;
  flow.back();
}

applyStyles();
addEventListener("hashchange", reopen);
reopen();
