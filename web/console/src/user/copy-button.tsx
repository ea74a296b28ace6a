import { ActionIcon } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { copyText } from "../page/clipboard.ts";
import { Icon } from "../page/icons.tsx";
import { texts } from "../texts/index.ts";

/** Copies a text, and says whether that worked. `label` says what is copied. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const copy = async () => {
    const isCopied = await copyText(text);
    notifications.show({ message: isCopied ? texts.copyLink.copied : texts.user.notCopied });
  };
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} title={label} onClick={() => void copy()}>
      <Icon name="clone" size={16} />
    </ActionIcon>
  );
}
