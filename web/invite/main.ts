import { Problem, Unreachable } from "#shared/problem.ts";
import { type Invitation, type Preview, invitation } from "./invitation.ts";
import { tokenOf } from "./link.ts";
import { type Screen, announce, kept, show } from "./page.ts";
import { refusalFor } from "./refusals.ts";
import { createScreen } from "./screens/create.ts";
import { declineScreen } from "./screens/decline.ts";
import type { Flow } from "./screens/flow.ts";
import { joinScreen } from "./screens/join.ts";
import { joinedScreen } from "./screens/joined.ts";
import { loadingScreen } from "./screens/loading.ts";
import { otherSessionScreen } from "./screens/other-session.ts";
import { refusalScreen } from "./screens/refusal.ts";
import { signInScreen } from "./screens/sign-in.ts";
import { isSignedInAs, signedInAddress, takeOverSession } from "./signed-in.ts";
import { applyStyles } from "./styles.ts";
import { loadLocale, texts } from "./texts/index.ts";

/** Opens the link of the location. Only reads, so that it can be repeated at any time. */
async function open(): Promise<void> {
  const token = tokenOf(location);
  // As it was sent: what reads the address later, a server too, must not find the token in the path.
  if (`${location.pathname}${location.search}${location.hash}` !== `/invite#${token}`)
    history.replaceState(null, "", `/invite#${token}`);
  show(loadingScreen);
  const link = invitation(token);
  const preview = loadPreview(link).catch((error: unknown) => () => {
    showRefusal(error, link);
  });
  const [showResult] = await Promise.all([preview, takeOverSession()]);
  // The address may have changed while the request was under way: drop a stale answer.
  if (token === tokenOf(location)) showResult();
}

function reopen(): void {
  void open();
}

function showRefusal(error: unknown, link: Invitation): void {
  show(() => refusalScreen(error, link, reopen));
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
  const go = (screen: () => Screen) => {
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
      show(() => declineScreen(preview, link, flow), preview);
    },
    back: () => {
      show(last, preview);
    },
    joined: (account, signedIn, continueUrl) => {
      show(() => joinedScreen(account, preview.email, signedIn, continueUrl));
    },
    handleTerminalError: (error) => {
      if (error instanceof Problem && error.code === "identity_exists") {
        go(kept(() => signInScreen({ ...preview, identity_exists: true }, link, flow)));
        announce(texts.signIn.known);
        return true;
      }
      if (!refusalFor(error).final) return false;
      showRefusal(error, link);
      return true;
    },
  };
  const create = kept(() => createScreen(preview, link, flow));
  const signIn = kept(() => signInScreen(preview, link, flow));
  const withPassword = preview.identity_exists ? signIn : create;
  let last = withPassword;

  const current = signedInAddress();
  if (!current) flow.back();
  else if (!isSignedInAs(preview.email)) show(() => otherSessionScreen(current, preview.email, flow.back), preview);
  else if (preview.identity_exists === false) flow.back();
  else go(kept(() => joinScreen(preview, link, flow)));
}

void applyStyles().then(() => {
  addEventListener("hashchange", reopen);
  reopen();
});
