use super::signed_in::SignedIn;
