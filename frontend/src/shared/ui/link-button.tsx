import { createLink } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button";
import { cx } from "./class-names";

/** A link that looks like a button: it leads to a page of the app, and can be opened beside this one. */
export const LinkButton = createLink(function LinkButtonAnchor({
  look = "plain",
  size = "md",
  className,
  ...rest
}: ComponentProps<"a"> & { look?: ButtonLook; size?: "sm" | "md" }) {
  return <a className={cx(buttonClass(look, size), "aria-disabled:opacity-50", className)} {...rest} />;
});
