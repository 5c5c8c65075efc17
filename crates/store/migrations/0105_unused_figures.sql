-- What a filing says and a statement does not use. Constant defaults: no table is rewritten.

-- [{"reason": …, "detail": …, "count": …, "figures": [{"concept": …, "line": …, "context": …, "period": …}]}]
ALTER TABLE filings ADD COLUMN unused jsonb NOT NULL DEFAULT '[]';

-- {line: [{"reason": …, and the fields of a fact}]}: the tags of a line that its figure did not come from.
ALTER TABLE financial_periods ADD COLUMN others jsonb NOT NULL DEFAULT '{}';
