-- Who froze a screen: deleting it for good is theirs, or of those who answer for the team's work. Null: made before this was kept.
ALTER TABLE screen_snapshots ADD COLUMN owner_id uuid;
