import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Problem } from "#shared/problem.ts";
import { editMe, editProfile } from "../api/mutations.ts";
import { queryKeys } from "../api/query-keys.ts";
import type { Me } from "../api/types.ts";
import { fillSaved } from "../page/fill-saved.ts";
import { upload } from "./logo.ts";
import { type ProfileForm, type ProfileValues, toIdentityChanges, toProfileChanges, toValues } from "./profile-form.ts";

interface SaveOptions {
  onSaved: () => void;
  onError: (error: unknown) => void;
}

/**
 * Saves what has changed of the profile, names and language, and fills the form with it. Where names and language are
 * refused, the profile counts as saved, and they stay entered. A file is uploaded once, also if saving is repeated.
 */
export function useSaveProfile(me: Me, form: ProfileForm, { onSaved, onError }: SaveOptions) {
  const client = useQueryClient();
  // What the form was filled with: what is read meanwhile is not what the person has seen.
  const [seen, setSeen] = useState(me);
  const uploaded = useRef<{ file: File; id: string }>(undefined);

  const uploadOnce = async (file: File) => {
    if (uploaded.current?.file !== file) uploaded.current = { file, id: await upload(file) };
    return uploaded.current.id;
  };

  const showSaved = (after: Me, sent: ProfileValues) => {
    setSeen(after);
    fillSaved(form, sent, toValues(after));
  };

  const saveProfile = async (values: ProfileValues): Promise<Me> => {
    const logo = values.logo ? await uploadOnce(values.logo) : undefined;
    const changes = toProfileChanges(values, seen, logo);
    if (!Object.keys(changes).length) return seen;
    const profile = await editProfile(changes);
    client.setQueryData<Me>(queryKeys.me(), (read) => read && { ...read, profile });
    return { ...seen, profile };
  };

  return useMutation({
    mutationFn: async (values: ProfileValues): Promise<Me> => {
      const after = await saveProfile(values);
      const changes = toIdentityChanges(values, seen);
      if (!Object.keys(changes).length) return after;
      try {
        const edited = await editMe(changes);
        const saved = after === seen ? edited : { ...edited, profile: after.profile };
        client.setQueryData(queryKeys.me(), saved);
        return saved;
      } catch (error) {
        const { first_name, last_name, locale } = toValues(after);
        showSaved(after, { ...values, first_name, last_name, locale });
        throw error;
      }
    },
    onSuccess: (after, values) => {
      showSaved(after, values);
      onSaved();
    },
    onError: (error) => {
      // The API may have refused the upload: send the file again next time.
      if (error instanceof Problem && error.errors.length) uploaded.current = undefined;
      void client.invalidateQueries({ queryKey: queryKeys.me() });
      onError(error);
    },
  });
}
