use diesel::Insertable;
use diesel::Queryable;
use diesel::Selectable;
