import { Center, Loader } from "@mantine/core";
import { Component, type ReactNode, Suspense } from "react";
import { FailureNotice } from "./notice-page.tsx";

export function Waiting() {
  return (
    <Center component="main" py={96}>
      <Loader aria-label="Loading" role="status" />
    </Center>
  );
}

/** For pages whose script is fetched when they are opened; if it cannot be, that is said instead. */
export class LoadOnDemand extends Component<{ children: ReactNode }, { failure: unknown }> {
  override state: { failure: unknown } = { failure: undefined };

  static getDerivedStateFromError(failure: unknown) {
    return { failure };
  }

  override render() {
    if (!this.state.failure) return <Suspense fallback={<Waiting />}>{this.props.children}</Suspense>;
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
