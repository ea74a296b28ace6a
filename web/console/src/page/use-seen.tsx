import { Button } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import { texts } from "../texts/index.ts";
import { fillSaved } from "./fill-saved.ts";
import { RefusalAlert } from "./refusal-alert.tsx";
import type { useApiForm } from "./use-api-form.ts";

interface SeenOptions<Thing, Values extends object> {
  /** As it was when the form was opened; undefined for a new one. */
  opened: Thing;
  /** As it is now. */
  current: Thing;
  form: UseFormReturnType<Values>;
  apiForm: ReturnType<typeof useApiForm>;
  valuesOf: (thing: Thing) => Values;
}

/**
 * Keeps the version that a form was filled with. `alert` shows why the form was refused; if someone else has changed the
 * thing meanwhile, it offers to fill the form with what there is now; what the person has changed stays.
 */
export function useSeen<Thing extends { version: number } | undefined, Values extends object>(
  options: SeenOptions<Thing, Values>,
) {
  const { opened, current, form, apiForm, valuesOf } = options;
  const { problem, refusal, clear } = apiForm;
  const [seen, setSeen] = useState(opened);
  const isStale = problem?.code === "conflict" && (current?.version ?? 0) > (seen?.version ?? 0);
  const reload = () => {
    setSeen(current);
    fillSaved(form, valuesOf(seen), valuesOf(current));
    clear();
  };
  const alert = (
    <RefusalAlert text={isStale ? texts.error.changedMeanwhile : refusal} scrollIntoView>
      {isStale && (
        <Button variant="default" size="compact-sm" mt="sm" display="block" onClick={reload}>
          {texts.error.loadCurrent}
        </Button>
      )}
    </RefusalAlert>
  );
  return { seen, alert };
}
