docker compose up --detach --wait redis
