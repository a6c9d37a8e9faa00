docker compose up --detach --wait database
