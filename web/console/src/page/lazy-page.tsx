import { Center, Loader } from "@mantine/core";
import { Component, type ReactNode, Suspense } from "react";
import { FailureNotice } from "./notice.tsx";

export function Loading({ fullPage = false }: { fullPage?: boolean }) {
  return (
    <Center component="main" {...(fullPage ? { mih: "100dvh" } : { py: 96 })}>
      <Loader aria-label="Loading" role="status" />
    </Center>
  );
}

/** Boundary for pages with a script of their own: shows a loader, or a notice if the script cannot be loaded. */
export class LazyPage extends Component<{ children: ReactNode }, { failure: unknown }> {
  override state: { failure: unknown } = { failure: undefined };

  static getDerivedStateFromError(failure: unknown) {
    return { failure };
  }

  override render() {
    if (!this.state.failure) return <Suspense fallback={<Loading />}>{this.props.children}</Suspense>;
    return (
      <main>
        <FailureNotice
          error={this.state.failure}
          order={1}
          retry={() => {
            location.reload();
          }}
        />
      </main>
    );
  }
}
