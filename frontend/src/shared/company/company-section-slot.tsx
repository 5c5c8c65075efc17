import { Suspense } from "react";
import { LoadingBlock } from "@/shared/ui/states";
import { type CompanySection, type CompanySectionProps, useCompanySections } from "./company-sections";

/** Where the company page shows the parts that other features bring. */
export function CompanySectionSlot({
  place,
  ...company
}: CompanySectionProps & { place: CompanySection["place"] }) {
  const sections = useCompanySections(place);
  return sections.map(({ id, Content }) => (
    <Suspense key={id} fallback={<LoadingBlock lines={3} />}>
      <Content {...company} />
    </Suspense>
  ));
}
