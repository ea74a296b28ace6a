import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { Problem } from "#shared/problem.ts";
import { editMe, editProfile } from "../api/mutations.ts";
import { queryKeys } from "../api/query-keys.ts";
import type { Me } from "../api/types.ts";
import { upload } from "./logo.ts";
import { type ProfileValues, toBody, toIdentityChanges } from "./profile-form.ts";

interface SaveOptions {
  /** `values`: what was sent. */
  onSaved: (me: Me, values: ProfileValues) => void;
  onError: (error: unknown) => void;
}

/** Saves the profile, and names and language if they have changed. A file is uploaded once, also if saving is repeated. */
export function useSaveProfile(me: Me, { onSaved, onError }: SaveOptions) {
  const client = useQueryClient();
  const uploaded = useRef<{ file: File; id: string }>(undefined);

  const uploadOnce = async (file: File) => {
    if (uploaded.current?.file !== file) uploaded.current = { file, id: await upload(file) };
    return uploaded.current.id;
  };

  return useMutation({
    mutationFn: async (values: ProfileValues): Promise<Me> => {
      const logo = values.logo ? await uploadOnce(values.logo) : undefined;
      const profile = await editProfile(toBody(values, logo));
      const presentation = toIdentityChanges(values, me);
      if (!Object.keys(presentation).length) return { ...me, profile };
      return { ...(await editMe(presentation)), profile };
    },
    onSuccess: (after, values) => {
      client.setQueryData(queryKeys.me(), after);
      onSaved(after, values);
    },
    onError: (error) => {
      // The API may have refused the upload: send the file again next time.
      if (error instanceof Problem && error.errors.length) uploaded.current = undefined;
      onError(error);
    },
  });
}
