import { type ComponentType, useSyncExternalStore } from "react";

export type CompanySectionProps = { orgnr: string; name: string | null };

/**
 * A part of the company page that another feature brings: the app gathers them, so that the page needs to know none. Parts
 * marked `aside` stand in the narrow column.
 */
export type CompanySection = {
  id: string;
  place: "main" | "aside";
  Content: ComponentType<CompanySectionProps>;
};

let offered: readonly CompanySection[] = [];
const listeners = new Set<() => void>();

/** Says which parts there are, in order; called once, by the app. */
export function provideCompanySections(sections: readonly CompanySection[]): void {
  offered = sections;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The parts of a place, in order. */
export function useCompanySections(place: CompanySection["place"]): readonly CompanySection[] {
  const sections = useSyncExternalStore(subscribe, () => offered);
  return sections.filter((section) => section.place === place);
}
