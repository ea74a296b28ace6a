import { Fragment, type ReactNode } from "react";

/** A text whose {placeholders} are elements. Its words are elements too, so that a translated page can be updated. */
export function Sentence({ text, values }: { text: string; values: Record<string, ReactNode> }) {
  return text.split(/(\{\w+\})/).map((part, index) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name && name in values ? (
      // The parts of a text have no other identity than their place.
      <Fragment key={index}>{values[name]}</Fragment>
    ) : (
      part && <span key={index}>{part}</span>
    );
  });
}
