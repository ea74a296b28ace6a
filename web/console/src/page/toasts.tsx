import "@mantine/notifications/styles.layer.css";
import { Notifications } from "@mantine/notifications";

/** Shows notifications; loaded after the page, which shows none at first. */
export default function Toasts() {
  return <Notifications position="bottom-center" />;
}
