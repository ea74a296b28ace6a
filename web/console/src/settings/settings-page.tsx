import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useAccountContext } from "../account/account-context.ts";
import { changeSettings } from "../api/mutations.ts";
import { queryKeys } from "../api/query-keys.ts";
import type { Account, Settings } from "../api/types.ts";
import { fillSaved } from "../page/fill-saved.ts";
import { FormPage } from "../page/form-page.tsx";
import { NoPermissionPage } from "../page/notice.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { texts } from "../texts/index.ts";
import { EmailsSection, InvitingSection, NewUsersSection } from "./sections.tsx";
import { FIELD_OF_PATH, type SettingsValues, toPatch, useSettingsForm, toValues } from "./settings-form.ts";

/** The settings, or a notice for those who may not change them. */
export function SettingsRoute() {
  const { account, isAdmin } = useAccountContext();
  if (!isAdmin) return <NoPermissionPage title={texts.settings.title} text={texts.notice.adminsOnly} />;
  return <SettingsPage account={account} />;
}

/** The account's settings, for administrators. */
export function SettingsPage({ account }: { account: Account }) {
  const t = texts.settings;
  const { account_id } = account;
  const [seen, setSeen] = useState(account.settings);
  const client = useQueryClient();
  const form = useSettingsForm(seen);
  const apiForm = useApiForm(form, { fieldOfPath: FIELD_OF_PATH });
  const saving = useMutation({
    mutationFn: ({ changes }: { values: SettingsValues; changes: Partial<Settings> }) =>
      changeSettings(account_id, changes),
    onSuccess: (after, { values }) => {
      client.setQueryData(queryKeys.account(account_id), after);
      // Users carry the actions that the settings allow, such as to copy a link.
      const { journal, users, everyUser } = queryKeys;
      for (const keyOf of [journal, users, everyUser]) {
        void client.invalidateQueries({ queryKey: keyOf(account_id) });
      }
      setSeen(after.settings);
      fillSaved(form, values, toValues(after.settings));
      notifications.show({ message: t.done });
    },
    onError: apiForm.showError,
  });

  // What someone else has saved meanwhile is shown once nothing entered here would be lost.
  const loaded = useRef(account.settings);
  const isDirty = form.isDirty();
  useEffect(() => {
    if (isDirty || loaded.current === account.settings) return;
    loaded.current = account.settings;
    setSeen(account.settings);
    fillSaved(form, toValues(seen), toValues(account.settings));
    // The form is a new object at each rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [account.settings, isDirty]);

  return (
    <FormPage
      title={t.title}
      tab={`${t.title} · ${account.name}`}
      form={form}
      apiForm={apiForm}
      onSave={(values) => {
        const changes = toPatch(seen, values);
        if (Object.keys(changes).length) saving.mutate({ values, changes });
        else form.reset();
      }}
      save={t.save}
      isSaving={saving.isPending}
    >
      <InvitingSection form={form} />
      <EmailsSection form={form} />
      <NewUsersSection form={form} />
    </FormPage>
  );
}
