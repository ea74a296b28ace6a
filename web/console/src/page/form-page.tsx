import { Button, Group, Stack } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import { texts } from "../texts/index.ts";
import { Page } from "./page.tsx";
import classes from "./page.module.css";
import { RefusalAlert } from "./refusal-alert.tsx";
import { UnsavedChanges } from "./unsaved-changes.tsx";
import type { useApiForm } from "./use-api-form.ts";

interface FormPageProps<Values extends object> {
  title: string;
  tab: string;
  lead?: string;
  form: UseFormReturnType<Values>;
  apiForm: ReturnType<typeof useApiForm>;
  onSave: (values: Values) => void;
  /** Label of the save button. */
  save: string;
  isSaving: boolean;
  /** Below the form, and no part of it. */
  after?: ReactNode;
  /** The sections of the form. */
  children: ReactNode;
}

/** A page that is a form: its buttons are always in sight, and leaving it asks about unsaved changes. */
export function FormPage<Values extends object>(props: FormPageProps<Values>) {
  const { title, tab, lead, form, apiForm, onSave, save, isSaving, after, children } = props;
  const isDirty = form.isDirty();
  return (
    <Page title={title} tab={tab} lead={lead} size="46rem">
      <form
        noValidate
        onSubmit={apiForm.onSubmit((values) => {
          onSave(values as Values);
        })}
      >
        <Stack>
          {children}
          <RefusalAlert text={apiForm.refusal} scrollIntoView />
          <Group justify="flex-end" className={classes.buttons}>
            <Button variant="default" disabled={!isDirty || isSaving} onClick={form.reset}>
              {texts.common.discard}
            </Button>
            <Button type="submit" disabled={!isDirty} loading={isSaving}>
              {save}
            </Button>
          </Group>
        </Stack>
      </form>
      {after}
      <UnsavedChanges isDirty={isDirty} />
    </Page>
  );
}
