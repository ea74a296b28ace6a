import { Modal } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import classes from "./dialog.module.css";

interface DialogProps {
  title: string;
  onClose: () => void;
  size?: string;
  centered?: boolean;
  fullScreen?: boolean;
  closeOnClickOutside?: boolean;
  children: ReactNode;
}

/** Mantine's modal without its `<header>`, which would be a second banner landmark. Returns the focus to the opener. */
export function Dialog({ title, children, ...modal }: DialogProps) {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) opener.focus();
    },
    [opener],
  );
  return (
    <Modal.Root opened returnFocus={false} {...modal}>
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes.top}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
