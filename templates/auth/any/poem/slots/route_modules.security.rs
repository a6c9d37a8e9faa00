mod security;
