use migration::Migrator;
