import { createLink } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import type { ComponentProps } from "react";

/** The arrow before a page's title that leads to the page above it. */
export const BackLink = createLink(function BackLinkAnchor({
  label,
  ...rest
}: Omit<ComponentProps<"a">, "aria-label" | "children"> & { label: string }) {
  return (
    <a
      title={label}
      {...rest}
      className="-ml-1.5 flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover"
    >
      <ArrowLeft size={16} aria-hidden />
      <span className="sr-only">{label}</span>
    </a>
  );
});
