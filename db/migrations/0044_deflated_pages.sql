-- What readers get, deflated (`src/storage/deflated-rows.ts` says how). The columns that it takes the place of are then empty, a fingerprint
-- begins with `z`, and the reading is of a version that the program before refuses. So that program never answers with an empty page.
alter table edition add column deflated blob;
alter table resolution add column deflated blob;
