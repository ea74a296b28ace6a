import { NativeSelect, Textarea } from "@mantine/core";
import { useState } from "react";
import { fill } from "#shared/texts.ts";
import { PhoneFields } from "../page/phone-fields.tsx";
import { intlLocale, plural, texts } from "../texts/index.ts";
import { LogoField } from "./logo-field.tsx";
import { type ProfileForm, SIGNATURE_LIMIT } from "./profile-form.ts";
import { timeIn, timeZones } from "./time-zones.ts";

/** Phone, time zone, signature and logo. `logo` is the address of the saved one. */
export function ContactFields({ form, logo }: { form: ProfileForm; logo: string | null }) {
  const t = texts.profile;
  const { time_zone, signature } = form.getValues();
  const time = timeIn(time_zone, intlLocale());
  const [zones] = useState(() => timeZones(time_zone, t.regions));
  return (
    <>
      <PhoneFields
        region={{ autoComplete: "off", ...form.getInputProps("region") }}
        number={{ autoComplete: "tel-national", ...form.getInputProps("number") }}
      />
      <NativeSelect
        label={t.zone}
        description={time === null ? t.zoneHintNoTime : fill(t.zoneHint, { time })}
        data={zones}
        {...form.getInputProps("time_zone")}
      />
      <Textarea
        label={t.signature}
        description={plural(t.signatureHint, SIGNATURE_LIMIT - signature.length)}
        maxLength={SIGNATURE_LIMIT}
        autosize
        minRows={3}
        maxRows={8}
        {...form.getInputProps("signature")}
      />
      <LogoField form={form} saved={logo} />
    </>
  );
}
