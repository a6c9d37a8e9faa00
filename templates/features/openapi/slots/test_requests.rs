let call = crate::description::Call::of(&request);
