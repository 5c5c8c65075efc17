/** The name of the product with its sign: a vein that turns up out of the seam. */
export function LodeMark({ small = false }: { small?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-base tracking-[-0.01em]">
      <svg viewBox="0 0 32 32" className="size-[1.375rem]" aria-hidden="true">
        <rect width="32" height="32" rx="7" className="fill-[oklch(0.435_0.077_207)]" />
        <path
          d="M9 7v15.5A2.5 2.5 0 0 0 11.5 25H23"
          fill="none"
          stroke="#f4f7f7"
          strokeWidth="3.4"
          strokeLinecap="round"
        />
        <path
          d="M15 19.5 18.2 13l3 3.4L25 8"
          fill="none"
          stroke="#7fd0d0"
          strokeWidth="2.4"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {!small && "Lode"}
    </span>
  );
}
