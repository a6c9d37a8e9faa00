use chrono::Datelike;
use chrono::Timelike;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::de::Error;
use serde::de::Unexpected;
