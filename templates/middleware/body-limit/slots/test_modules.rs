mod body_limit;
