curl -i http://localhost:3000/api/v1/users -H 'content-type: application/json' \
  -d '{"name":"Ada Lovelace","email":"ada@example.com"}'
