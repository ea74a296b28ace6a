import { useState } from "react";
import { Problem } from "#shared/problem.ts";
import { messageFor } from "../api/error-messages.ts";
import { texts } from "../texts/index.ts";

/** Sends a form's request, and keeps why it was refused; "" if it was not. */
export function useRequest() {
  const [refusal, setRefusal] = useState("");
  const [isSending, setSending] = useState(false);
  const send = async (request: () => Promise<void>) => {
    setRefusal("");
    setSending(true);
    try {
      await request();
    } catch (error) {
      setRefusal(refusalText(error));
    } finally {
      setSending(false);
    }
  };
  const clear = () => {
    setRefusal("");
  };
  return { refusal, isSending, send, clear };
}

/** Returns true if the link has expired, was used, or never was one. */
export function isOfDeadLink(error: unknown): boolean {
  return error instanceof Problem && (error.status === 410 || error.status === 404);
}

export function refusalText(error: unknown): string {
  if (isOfDeadLink(error)) return texts.recovery.dead;
  return messageFor(error);
}
