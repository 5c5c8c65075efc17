import { type FieldMap, isNumeric } from "@/shared/catalogue/fields";
import type { ColumnChoice } from "./column-choice";

/** The columns with the figures in front: on a phone there is room for one or two beside the name. */
export function figuresFirst(columns: readonly ColumnChoice[], fields: FieldMap): readonly ColumnChoice[] {
  const isFigure = ({ key }: ColumnChoice) => {
    const field = fields.get(key);
    return field !== undefined && isNumeric(field);
  };
  return [...columns.filter(isFigure), ...columns.filter((column) => !isFigure(column))];
}
