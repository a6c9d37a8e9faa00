pub mod hs256;
