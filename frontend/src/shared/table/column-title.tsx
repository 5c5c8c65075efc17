import { Fragment } from "react";

/** A column's title, which may be broken after a slash too; `titleWidth` counts on it. */
export function ColumnTitle({ text }: { text: string }) {
  return text.split(/(?<=\/)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no identity.
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
