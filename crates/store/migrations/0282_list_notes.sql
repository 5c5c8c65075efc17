-- How many companies of a list carry a note, without reading the others: a list of 50 000 has a handful.
CREATE INDEX list_items_noted ON list_items (list_id) WHERE note IS NOT NULL;

INSERT INTO schema_requirements VALUES (282, 170);
