import { Group, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ComponentProps, type ReactNode, useEffect, useState } from "react";
import { texts } from "../texts/index.ts";
import { DropdownHost } from "./dropdown.ts";
import classes from "./dialog.module.css";

/** A phone on its side, where margins would take what the fields need. */
const LOW = "(max-height: 30em)";

interface DialogProps {
  title: string;
  onClose: () => void;
  size?: string;
  centered?: boolean;
  fullScreen?: boolean;
  closeOnClickOutside?: boolean;
  closeOnEscape?: boolean;
  /** Where the focus returns to; what had it when the dialog opened, unless one dialog replaces another. */
  opener?: Element | null;
  children: ReactNode;
}

/** Mantine's modal without its `<header>`, which would be a second banner landmark. Returns the focus to the opener. */
export function Dialog({ title, children, opener: given, fullScreen = false, ...modal }: DialogProps) {
  const isLow = useMediaQuery(LOW, undefined, { getInitialValueInEffect: false });
  const [opener] = useState(() => given ?? document.activeElement);
  const [host, setHost] = useState<HTMLElement | null>(null);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) opener.focus();
    },
    [opener],
  );
  return (
    <Modal.Root
      opened
      returnFocus={false}
      classNames={{ content: classes.content ?? "" }}
      fullScreen={fullScreen || isLow}
      {...modal}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes.top}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          <Modal.CloseButton aria-label={texts.common.close} />
        </div>
        <DropdownHost value={host}>
          <Modal.Body className={classes.body}>{children}</Modal.Body>
        </DropdownHost>
        <div ref={setHost} />
      </Modal.Content>
    </Modal.Root>
  );
}

/** A form that fills a dialog: its fields scroll, its buttons are always in sight. */
export function DialogForm({ children, buttons, ...form }: ComponentProps<"form"> & { buttons: ReactNode }) {
  return (
    <form noValidate className={classes.form} {...form}>
      <div className={classes.fields}>{children}</div>
      <DialogButtons>{buttons}</DialogButtons>
    </form>
  );
}

/** The last line of a dialog, which stays in sight while the rest scrolls. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return (
    <Group justify="flex-end" gap="sm" className={classes.buttons}>
      {children}
    </Group>
  );
}
