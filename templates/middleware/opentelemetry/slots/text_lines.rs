let lines = lines.map_event_format(traces::log::in_text);
