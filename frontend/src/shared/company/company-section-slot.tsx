import { type CompanySection, type CompanySectionProps, useCompanySections } from "./company-sections";

/** Where the company page shows the parts that other features bring. */
export function CompanySectionSlot({
  place,
  ...company
}: CompanySectionProps & { place: CompanySection["place"] }) {
  const sections = useCompanySections(place);
  return sections.map(({ id, Content }) => <Content key={id} {...company} />);
}
