import { Problem } from "#shared/problem.ts";
import { announce, show } from "./page.ts";
import { type Preview, invitation } from "./invitation.ts";
import { refusalFor } from "./refusals.ts";
import { createScreen } from "./screens/create.ts";
import type { Flow } from "./screens/flow.ts";
import { joinedScreen } from "./screens/joined.ts";
import { loadingScreen } from "./screens/loading.ts";
import { logInScreen } from "./screens/log-in.ts";
import { refusalScreen } from "./screens/notice.ts";
import { texts } from "./texts/index.ts";

/** Looks at the link in the address bar. Nothing is changed by that, however often it happens. */
async function open(): Promise<void> {
  const token = location.hash.slice(1);
  show(loadingScreen());
  const link = invitation(token);
  try {
    const preview = await link.preview();
    if (token === location.hash.slice(1)) offer(preview, link);
  } catch (error) {
    show(refusalScreen(error, () => void open()));
  }
}

/** Offers the way in, and leads from screen to screen. What was typed stays when a person goes back and forth. */
function offer(preview: Preview, link: ReturnType<typeof invitation>): void {
  const flow: Flow = {
    create: () => {
      show(create, preview);
    },
    logIn: () => {
      show(logIn, preview);
    },
    joined: (account, signedIn) => {
      show(joinedScreen(account, preview.email, signedIn));
    },
    leave: (error) => {
      if (error instanceof Problem && error.code === "identity_exists") {
        show(logInScreen({ ...preview, identity_exists: true }, link, flow), preview);
        announce(texts.logIn.known);
        return true;
      }
      if (!refusalFor(error).final) return false;
      show(refusalScreen(error, () => void open()));
      return true;
    },
  };
  const create = createScreen(preview, link, flow);
  const logIn = logInScreen(preview, link, flow);
  show(preview.identity_exists ? logIn : create, preview);
}

addEventListener("hashchange", () => void open());
void open();
