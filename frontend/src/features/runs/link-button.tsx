import { createLink } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { cx } from "@/shared/ui/class-names";

/** A link that leads to the one main thing of a page, and looks like its main button. */
export const LinkButton = createLink(function LinkButtonAnchor({ className, ...rest }: ComponentProps<"a">) {
  return (
    <a
      className={cx(
        "inline-flex h-7 items-center justify-center gap-1.5 whitespace-nowrap rounded-md bg-accent px-2.5 font-medium text-accent-ink text-sm hover:bg-accent-strong",
        className,
      )}
      {...rest}
    />
  );
});
