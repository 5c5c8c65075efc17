import { useQuery } from "@tanstack/react-query";
import { formatOrgnr } from "@/shared/format/orgnr";
import { companyQuery } from "./queries";

/** A company's name, or its number until the name is known. */
export function CompanyName({ orgnr }: { orgnr: string }) {
  const company = useQuery(companyQuery(orgnr));
  return company.data?.name ?? formatOrgnr(orgnr);
}
