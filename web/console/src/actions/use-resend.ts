import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { isRefusal, messageFor } from "../api/error-messages.ts";
import { resend, useUserMutation } from "../api/mutations.ts";
import type { User } from "../api/types.ts";
import { createDeadlines, useSecondsLeft } from "../page/deadlines.ts";
import { noSeatWithCures, useSeatCures } from "../seats/seat-cures.tsx";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { unicodeEmail } from "../users/unicode-email.ts";

const TOAST_MS = 8_000;

/** Time between two emails to one person that the API asks for (rule 9). */
const INTERVAL_MS = 60_000;

/** When the API will send again, as far as it has said so: a list lags behind. */
const answered = createDeadlines();

/** Returns when the next email may be sent. A moment further ahead comes from a clock that is wrong, and is 0. */
function nextAt({ invitation }: User): number {
  const next = invitation ? Date.parse(invitation.sent_at) + INTERVAL_MS : 0;
  return next - Date.now() > INTERVAL_MS ? 0 : next;
}

interface Resend {
  /** "Resend", or how long to wait. */
  text: string;
  /** The same with the name of the person. */
  label: string;
  isWaiting: boolean;
  isPending: boolean;
  send: () => void;
}

/** Sends a new invitation without confirmation: it only replaces earlier links. */
export function useResend(user: User): Resend {
  const [keyOf, renewKeys] = useState(idempotencyKeys);
  const seconds = useSecondsLeft(Math.max(nextAt(user), answered.useUntil(user.user_id)));
  const isWaiting = seconds > 0;
  const name = fullName(user);
  const id = `resend ${user.user_id}`;
  const cures = useSeatCures();
  const resending = useUserMutation(user, {
    send: () => resend(user, keyOf(user.version)),
    onSuccess: ({ email }) => {
      renewKeys(idempotencyKeys);
      answered.set(user.user_id, Date.now() + INTERVAL_MS);
      notifications.hide(id);
      notifications.show({ id: `${id} done`, message: fill(texts.resend.done, { email: unicodeEmail(email) }) });
    },
    onError: (error) => {
      const wait = isRefusal(error, "rate_limited") ? 1000 * error.retryAfter : 0;
      const lacksSeat = isRefusal(error, "no_seat_available");
      if (wait <= INTERVAL_MS) answered.set(user.user_id, Date.now() + wait);
      // One toast for each user: what it said before is no longer true.
      notifications.hide(id);
      notifications.hide(`${id} done`);
      notifications.show({
        id,
        color: "red",
        title: fill(texts.resend.failed, { name }),
        message: lacksSeat ? noSeatWithCures(cures, () => notifications.hide(id)) : messageFor(error, "mails"),
        autoClose: lacksSeat ? false : TOAST_MS,
      });
    },
  });
  return {
    text: isWaiting ? fill(texts.resend.wait, { n: seconds }) : texts.action.resend,
    label: fill(isWaiting ? texts.resend.waitLabel : texts.resend.label, { name, n: seconds }),
    isWaiting,
    isPending: resending.isPending,
    send: () => {
      if (!isWaiting && !resending.isPending) resending.mutate();
    },
  };
}
