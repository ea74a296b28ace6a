import { Button, Kbd, Stack, Switch } from "@mantine/core";
import "@mantine/core/styles/Kbd.layer.css";
import { Dialog, DialogButtons } from "../page/dialog.tsx";
import { Fact, Facts } from "../page/facts.tsx";
import { switchShortcuts, useShortcutsSwitch } from "../page/shortcuts.ts";
import { texts } from "../texts/index.ts";
import classes from "./shell.module.css";

const KEYS = [
  ["/", "search"],
  ["n", "invite"],
  ["?", "help"],
] as const;

/** The keyboard shortcuts, with a switch that turns them off. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = texts.shortcuts;
  const isOn = useShortcutsSwitch();
  return (
    <Dialog onClose={onClose} title={t.title} centered>
      <Stack pb="md">
        <Facts className={classes.keys}>
          {KEYS.map(([key, name]) => (
            <Fact key={key} title={<Kbd>{key}</Kbd>}>
              {t[name]}
            </Fact>
          ))}
        </Facts>
        <Switch
          label={t.switch}
          description={t.switchHint}
          checked={isOn}
          onChange={({ currentTarget }) => {
            switchShortcuts(currentTarget.checked);
          }}
        />
      </Stack>
      <DialogButtons>
        <Button onClick={onClose}>{texts.common.done}</Button>
      </DialogButtons>
    </Dialog>
  );
}
