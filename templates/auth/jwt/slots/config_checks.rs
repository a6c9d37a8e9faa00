let problem = crate::auth::keys::problem(environment);
reader.problems.extend(problem);
