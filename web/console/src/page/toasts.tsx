import "@mantine/notifications/styles.layer.css";
import { Notifications } from "@mantine/notifications";

/** Shows what `notifications.show` says; loaded behind the page, which has nothing to say at first. */
export default function Toasts() {
  return <Notifications position="bottom-center" />;
}
