impl From<SessionId> for Vec<u8> {
    fn from(id: SessionId) -> Self {
        id.as_bytes().to_vec()
    }
}

impl TryFrom<Vec<u8>> for SessionId {
    type Error = std::array::TryFromSliceError;

    fn try_from(bytes: Vec<u8>) -> Result<Self, Self::Error> {
        bytes.as_slice().try_into().map(Self)
    }
}
