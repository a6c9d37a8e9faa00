curl -i http://localhost:3000/api/v1/auth/register -H 'content-type: application/json' \
  -d '{"name":"Ada Lovelace","email":"ada@example.com","password":"correct horse battery"}'
curl -i http://localhost:3000/api/v1/auth/login -H 'content-type: application/json' \
  -d '{"email":"ada@example.com","password":"correct horse battery"}' -c /tmp/cookies.txt
curl -i http://localhost:3000/api/v1/users -b /tmp/cookies.txt
