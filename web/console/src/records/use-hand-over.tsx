import { Loader } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { fill } from "#shared/texts.ts";
import type { HandOver } from "../api/mutations.ts";
import { hasFailed } from "../api/error-messages.ts";
import { useDeactivationPreview } from "../api/records.ts";
import type { User } from "../api/types.ts";
import { LoadFailure } from "../page/load-failure.tsx";
import { texts } from "../texts/index.ts";
import { NO_CHOICE, chosenTargets, toHandOver } from "./choice.ts";
import { HandOverFields } from "./hand-over-fields.tsx";
import { Sure } from "./sure.tsx";

interface HandOverPart {
  /** The fields of the dialog, for someone who owns anything. */
  fields: ReactNode;
  /** What is asked before records move for good; null if none do. */
  sure: ReactNode;
  /** The request's part. */
  body: HandOver;
}

/** The part of a dialog that asks who gets the records of someone who leaves. */
export function useHandOver(user: User, { canWait }: { canWait: boolean }): HandOverPart {
  const [choice, setChoice] = useState(NO_CHOICE);
  const preview = useDeactivationPreview(user, "");
  const { counts = {}, removes = {} } = preview.data ?? {};
  const types = Object.keys(counts);
  const targets = chosenTargets(choice, types);
  const ownsAny = types.length > 0 || Object.keys(removes).length > 0;
  const failure = hasFailed(preview) && (
    <LoadFailure of={preview} what={fill(texts.handOver.notLoaded, { name: user.first_name })} />
  );
  return {
    // Without an answer the command itself says whether someone has to be named.
    fields: preview.isPending ? (
      <Loader size="sm" role="status" aria-label={texts.common.loading} />
    ) : (
      failure ||
      (ownsAny && (
        <HandOverFields
          user={user}
          counts={counts}
          removes={removes}
          value={choice}
          canWait={canWait}
          onChange={setChoice}
        />
      ))
    ),
    sure: Object.keys(targets).length ? <Sure accountId={user.account_id} counts={counts} targets={targets} /> : null,
    body: toHandOver(choice, types),
  };
}
