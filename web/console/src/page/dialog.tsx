import { Button, Group, Modal, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ComponentProps, type ReactNode, createContext, use, useEffect, useRef, useState } from "react";
import { texts } from "../texts/index.ts";
import { DropdownHost } from "./dropdown.ts";
import classes from "./dialog.module.css";
import { LeaveContext } from "./leave-dialog.ts";
import { useLeaveBlocker } from "./use-leave-blocker.ts";
import { useLeftPage } from "./use-left-page.ts";

/** Too low for the dialog's margins, such as a phone in landscape. */
const LOW = "(max-height: 30em)";

interface DialogProps {
  title: string;
  onClose: () => void;
  /** Something was entered: closing the dialog or leaving the page asks once, and a click outside does nothing. */
  isDirty?: boolean;
  size?: string;
  centered?: boolean;
  fullScreen?: boolean;
  closeOnClickOutside?: boolean;
  /** Where the focus returns to; what had it when the dialog opened, unless one dialog replaces another. */
  opener?: Element | null;
  children: ReactNode;
}

const CloseContext = createContext<() => void>(() => undefined);
const BusyContext = createContext<(isBusy: boolean) => void>(() => undefined);

/**
 * Mantine's modal without its `<header>`, which would be a second banner landmark. Returns the focus to the opener. It
 * stays open while a request of its buttons runs: the result is shown in it. Otherwise it closes with the page.
 */
export function Dialog({ title, children, opener: given, onClose, isDirty = false, ...modal }: DialogProps) {
  const { fullScreen = false, closeOnClickOutside = !isDirty } = modal;
  const isLow = useMediaQuery(LOW, undefined, { getInitialValueInEffect: false });
  const [opener] = useState(() => given ?? document.activeElement);
  const [host, setHost] = useState<HTMLElement | null>(null);
  /** What had the focus when the question about unsaved changes came; null while there is none. */
  const [left, setLeft] = useState<Element | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [content, setContent] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (!isBusy) return undefined;
    return () => {
      // A button that is disabled while a request runs loses the focus in some browsers.
      if (document.activeElement === document.body) content?.focus();
    };
  }, [isBusy, content]);
  useEffect(
    () => () => {
      if (left instanceof HTMLElement) left.focus();
    },
    [left],
  );
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) opener.focus();
    },
    [opener],
  );
  const ask = () => {
    setLeft((before) => before ?? document.activeElement ?? document.body);
  };
  const blocker = useLeaveBlocker(isDirty, ask);
  // If the dialog ends while it asks, as when what was sent has been saved, the navigation goes on.
  const proceed = useRef(blocker.proceed);
  useEffect(() => {
    proceed.current = blocker.proceed;
  }, [blocker.proceed]);
  useEffect(() => () => proceed.current?.(), []);
  const destination = useRef<() => void>(undefined);
  const hasLeft = useRef(false);
  const stay = () => {
    destination.current = undefined;
    setLeft(null);
    blocker.reset?.();
  };
  const leave = () => {
    const go = blocker.proceed ? undefined : destination.current;
    hasLeft.current = true;
    blocker.proceed?.();
    onClose();
    go?.();
  };
  const leaveFor = (go: () => void) => {
    destination.current = go;
    if (isDirty) ask();
    else leave();
  };
  const close = () => {
    if (isBusy) return;
    if (left) stay();
    else if (isDirty) ask();
    else onClose();
  };
  useLeftPage(() => {
    if (!isBusy && !hasLeft.current) onClose();
  });
  return (
    <Modal.Root
      opened
      returnFocus={false}
      classNames={{ content: classes.content ?? "" }}
      {...modal}
      onClose={close}
      closeOnClickOutside={closeOnClickOutside}
      fullScreen={fullScreen || isLow}
    >
      <Modal.Overlay />
      <Modal.Content ref={setContent}>
        <div className={classes.top}>
          <Modal.Title className={classes.title}>{left ? texts.common.unsavedTitle : title}</Modal.Title>
          <Modal.CloseButton aria-label={texts.common.close} disabled={isBusy} />
        </div>
        <DropdownHost value={host}>
          <Modal.Body className={classes.body}>
            {/* Hidden instead of unmounted: the fields keep their values. */}
            <div style={{ display: left ? "none" : "contents" }}>
              <BusyContext value={setBusy}>
                <LeaveContext value={leaveFor}>
                  <CloseContext value={close}>{children}</CloseContext>
                </LeaveContext>
              </BusyContext>
            </div>
            {left && <LeaveQuestion onStay={stay} onLeave={leave} />}
          </Modal.Body>
        </DropdownHost>
        <div ref={setHost} />
      </Modal.Content>
    </Modal.Root>
  );
}

interface LeaveQuestionProps {
  text?: string;
  stay?: string;
  leave?: string;
  onStay: () => void;
  onLeave: () => void;
}

/** Focuses a button when it appears, and not at each rendering. */
export const focus = (button: HTMLButtonElement | null) => button?.focus();

/** Asks whether unsaved changes may be lost, unless it is given other words; the focus is on the answer that keeps all. */
export function LeaveQuestion({ onStay, onLeave, ...words }: LeaveQuestionProps) {
  const { unsaved, keepEditing, discard } = texts.common;
  const { text = unsaved, stay = keepEditing, leave = discard } = words;
  return (
    <>
      <Text size="sm" pb="md">
        {text}
      </Text>
      <DialogButtons>
        <Button variant="default" onClick={onStay} data-autofocus ref={focus}>
          {stay}
        </Button>
        <Button color="red.8" onClick={onLeave}>
          {leave}
        </Button>
      </DialogButtons>
    </>
  );
}

interface DialogFormProps extends ComponentProps<"form"> {
  /** Label of the button that sends the form. */
  verb: string;
  isPending: boolean;
  disabled?: boolean;
  /** Replaces what *Cancel* does: to close the dialog. */
  onCancel?: () => void;
}

/** A form that fills a dialog: its fields scroll, its buttons are always in sight. */
export function DialogForm({ children, verb, isPending, disabled = false, onCancel, ...form }: DialogFormProps) {
  const close = use(CloseContext);
  return (
    <form noValidate className={classes.form} {...form}>
      <div className={classes.fields}>{children}</div>
      <DialogButtons isBusy={isPending}>
        <Button variant="default" disabled={isPending} onClick={onCancel ?? close}>
          {texts.common.cancel}
        </Button>
        <Button type="submit" disabled={disabled} loading={isPending}>
          {verb}
        </Button>
      </DialogButtons>
    </form>
  );
}

interface DialogButtonsProps {
  /** A request runs: until it is answered, the dialog does not close. */
  isBusy?: boolean;
  children: ReactNode;
}

/** The last line of a dialog, which stays in sight while the rest scrolls. */
export function DialogButtons({ isBusy = false, children }: DialogButtonsProps) {
  const setBusy = use(BusyContext);
  useEffect(() => {
    setBusy(isBusy);
    return () => {
      setBusy(false);
    };
  }, [setBusy, isBusy]);
  return (
    <Group justify="flex-end" gap="sm" className={classes.buttons}>
      {children}
    </Group>
  );
}
