-- Which briefings no print stands for is asked twice a minute: it is answered without reading every print.
create index print_by_briefing on print (briefing_id, version);
