let problem = crate::auth::cookie::problem(environment);
reader.problems.extend(problem);
