let status = db.status();
let (open, idle) = (status.size, status.available);
