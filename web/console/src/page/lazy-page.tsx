import { Center, Loader } from "@mantine/core";
import { Component, type ReactNode, Suspense } from "react";
import { texts } from "../texts/index.ts";
import { FailureNotice } from "./notice.tsx";

export function Loading({ fullPage = false }: { fullPage?: boolean }) {
  return (
    <Center component="main" {...(fullPage ? { mih: "100dvh" } : { py: 96 })}>
      <Loader aria-label={texts.common.loading} role="status" />
    </Center>
  );
}

/** Notice for a page whose script could not be loaded, or that failed. */
export function PageFailure({ error }: { error: unknown }) {
  return (
    <main>
      <FailureNotice
        error={error}
        order={1}
        retry={() => {
          location.reload();
        }}
      />
    </main>
  );
}

/** Boundary for a page with a script of its own: shows a loader, or a notice if the script cannot be loaded. */
export class LazyPage extends Component<{ children: ReactNode }, { failure: unknown }> {
  override state: { failure: unknown } = { failure: undefined };

  static getDerivedStateFromError(failure: unknown) {
    return { failure };
  }

  override render() {
    if (this.state.failure) return <PageFailure error={this.state.failure} />;
    return <Suspense fallback={<Loading />}>{this.props.children}</Suspense>;
  }
}
