import { Problem, Unreachable } from "#shared/problem.ts";
import { type Preview, invitation } from "./invitation.ts";
import { type Screen, announce, dress, show } from "./page.ts";
import { refusalFor } from "./refusals.ts";
import { createScreen } from "./screens/create.ts";
import { declineScreen } from "./screens/decline.ts";
import type { Flow } from "./screens/flow.ts";
import { joinedScreen } from "./screens/joined.ts";
import { loadingScreen } from "./screens/loading.ts";
import { logInScreen } from "./screens/log-in.ts";
import { refusalScreen } from "./screens/refusal.ts";
import { speak, texts } from "./texts/index.ts";

/** Looks at the link in the address bar. Nothing is changed by that, however often it happens. */
async function open(): Promise<void> {
  const token = location.hash.slice(1);
  show(loadingScreen());
  const link = invitation(token);
  const screen = await look(link).catch((error: unknown) => () => {
    show(refusalScreen(error, link, reopen));
  });
  if (token === location.hash.slice(1)) screen();
}

function reopen(): void {
  void open();
}

/** What to show for a link, once the language is there to show it in; throws what is to be told in its place. */
async function look(link: ReturnType<typeof invitation>): Promise<() => void> {
  try {
    const preview = await link.preview();
    await speak(preview.locale);
    return () => {
      offer(preview, link);
    };
  } catch (error) {
    if (!(error instanceof Unreachable)) await speak(error instanceof Problem ? error.locale : undefined);
    throw error;
  }
}

/** Offers the way in, and leads from screen to screen. What was typed stays when a person goes back and forth. */
function offer(preview: Preview, link: ReturnType<typeof invitation>): void {
  const lead = (screen: Screen) => {
    last = screen;
    show(screen, preview);
  };
  const flow: Flow = {
    create: () => {
      lead(create);
    },
    logIn: () => {
      lead(logIn);
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
    leave: (error) => {
      if (error instanceof Problem && error.code === "identity_exists") {
        lead(logInScreen({ ...preview, identity_exists: true }, link, flow));
        announce(texts.logIn.known);
        return true;
      }
      if (!refusalFor(error).final) return false;
      show(refusalScreen(error, link, reopen));
      return true;
    },
  };
  const create = createScreen(preview, link, flow);
  const logIn = logInScreen(preview, link, flow);
  let last = preview.identity_exists ? logIn : create;
  flow.back();
}

dress();
addEventListener("hashchange", reopen);
reopen();
