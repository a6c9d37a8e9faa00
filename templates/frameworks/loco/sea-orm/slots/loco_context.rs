// Instead of Loco's own pool, which lacks the options set in src/db/.
let mut ctx = ctx;
ctx.db = state.db.clone();
